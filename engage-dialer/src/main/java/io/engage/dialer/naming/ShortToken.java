package io.engage.dialer.naming;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A token for addresses, which have 64 characters before the at sign: {@code d2.list.row.mac}, of a
 * list whose id is a UUID. All three are in base 36, and 80 bits of the signature are left: nobody
 * tries out so many addresses.
 *
 * @param mac its beginning, in as many digits as it always has
 */
record ShortToken(RecipientId recipient, String mac) {
  /** How many bytes of a signature are in it. */
  static final int MAC_BYTES = 10;

  static final Pattern FORM =
      Pattern.compile("d2\\.([0-9a-z]{1,25})\\.([1-9a-z][0-9a-z]{0,10})\\.([0-9a-z]{16})");

  private static final int BASE = 36;
  private static final int MAC_DIGITS = 16;
  private static final int UUID_BITS = 128;
  private static final Pattern CANONICAL_UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  ShortToken {
    requireNonNull(recipient, "recipient");
    requireNonNull(mac, "mac");
  }

  /** Empty when the list's id is no UUID. */
  static Optional<ShortToken> of(RecipientId recipient, byte[] signature) {
    return CANONICAL_UUID.matcher(recipient.list().value()).matches()
        ? Optional.of(new ShortToken(recipient, written(signature)))
        : Optional.empty();
  }

  /** What {@link #FORM} has found; empty when it names nobody. */
  static Optional<ShortToken> of(MatchResult found) {
    BigInteger list = new BigInteger(found.group(1), BASE);
    BigInteger row = new BigInteger(found.group(2), BASE);
    if (list.bitLength() > UUID_BITS || row.bitLength() >= Long.SIZE) {
      return Optional.empty();
    }
    UUID id = new UUID(list.shiftRight(Long.SIZE).longValue(), list.longValue());
    return row.toString().length() > 18
        ? Optional.empty()
        : Optional.of(
            new ShortToken(
                RecipientId.of(ListId.of(id.toString()), row.longValue()), found.group(3)));
  }

  static String written(byte[] signature) {
    String digits = new BigInteger(1, Arrays.copyOf(signature, MAC_BYTES)).toString(BASE);
    return "0".repeat(MAC_DIGITS - digits.length()) + digits;
  }

  @Override
  public String toString() {
    BigInteger list = new BigInteger(recipient.list().value().replace("-", ""), 16);
    return "d2.%s.%s.%s".formatted(list.toString(BASE), Long.toString(recipient.row(), BASE), mac);
  }
}
