package io.engage.dialer.naming;

import static java.util.Objects.requireNonNull;

import io.engage.core.signing.SigningKeys;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import io.engage.model.message.RfcMessageId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs the Message-IDs and envelope senders of campaign mails, so that an answer or a report names
 * the row that it is about.
 *
 * <p>A token is {@code d1.list.row.mac}: version, the list, the row, and 128 bits of an
 * HMAC-SHA-256 over the three in base 36. Servers may change the case of what they pass on, so it
 * has lower case only. The same recipient has the same token in each attempt: whoever gets the mail
 * twice after all has a program that shows it once.
 */
public final class RecipientTokens {
  private static final String PURPOSE = "recipient";
  private static final int BASE = 36;
  private static final int MAC_DIGITS = 25;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final Pattern TOKEN =
      Pattern.compile(
          "d1\\.([a-z0-9-]{1,40})\\.([1-9][0-9]{0,17})\\.([0-9a-z]{%d})".formatted(MAC_DIGITS));

  private final SigningKeys keys;

  public RecipientTokens(SigningKeys keys) {
    this.keys = requireNonNull(keys, "keys");
  }

  /** The token of a recipient. */
  public String sign(RecipientId recipient) {
    return sign(recipient, null);
  }

  /**
   * The same by the key of that name, so that the host can replace its keys while calendars and
   * programs still know the recipient by what an earlier one signed.
   *
   * @param signer null for the key that signs now
   */
  public String sign(RecipientId recipient, @Nullable String signer) {
    String signed = signedPart(recipient);
    return signed + '.' + written(keys.signAs(signer, PURPOSE, bytes(signed)));
  }

  /** Whether what was signed by the key of this name can be signed once more. */
  public boolean has(String signer) {
    return keys.has(signer);
  }

  /** The Message-ID of every attempt to send to a recipient. */
  public RfcMessageId messageId(RecipientId recipient, String domain) {
    return RfcMessageId.of(sign(recipient) + '@' + domain);
  }

  /**
   * Where the reports on a recipient's mail come back, so that each says by its address alone whom
   * it is about (VERP): {@code shop+d1.list.row.mac@shop.example}.
   *
   * @return empty when that is longer than an address may be (RFC 5321 section 4.5.3.1.1), or the
   *     mailbox has a detail already
   */
  public Optional<EmailAddress> returnAddress(EmailAddress mailbox, RecipientId recipient) {
    return returnAddress(mailbox, sign(recipient));
  }

  /** The same for a token that was signed before; where it is too long, a shorter one stands. */
  public static Optional<EmailAddress> returnAddress(EmailAddress mailbox, String token) {
    return address(mailbox, token).or(() -> shorter(token).flatMap(each -> address(mailbox, each)));
  }

  private static Optional<String> shorter(String token) {
    Matcher whole = TOKEN.matcher(token);
    return whole.matches()
        ? signature(whole.group(3))
            .flatMap(signature -> ShortToken.of(recipient(whole), signature))
            .map(ShortToken::toString)
        : Optional.empty();
  }

  private static RecipientId recipient(Matcher token) {
    return RecipientId.of(ListId.of(token.group(1)), Long.parseLong(token.group(2)));
  }

  private static Optional<EmailAddress> address(EmailAddress mailbox, String token) {
    String local = mailbox.localPart() + '+' + token;
    boolean fits = local.length() <= LONGEST_LOCAL_PART && !mailbox.localPart().contains("+");
    return fits ? EmailAddress.parse(local + '@' + mailbox.domain()) : Optional.empty();
  }

  /**
   * The recipient that {@code text} names by a valid token, wherever in it the token stands; empty
   * when there is none, or it is cut, edited or signed by somebody else.
   */
  public Optional<RecipientId> find(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher matcher = TOKEN.matcher(lower);
    while (matcher.find()) {
      RecipientId recipient = recipient(matcher);
      if (isOurs(signedPart(recipient), matcher.group(3))) {
        return Optional.of(recipient);
      }
    }
    return ShortToken.FORM
        .matcher(lower)
        .results()
        .flatMap(found -> ShortToken.of(found).stream())
        .filter(this::isOurs)
        .map(ShortToken::recipient)
        .findFirst();
  }

  private boolean isOurs(String signed, String mac) {
    return signature(mac)
        .filter(signature -> keys.verify(PURPOSE, bytes(signed), signature))
        .isPresent();
  }

  /** It takes the same time wherever they differ. */
  private boolean isOurs(ShortToken token) {
    byte[] mac = bytes(token.mac());
    boolean ours = false;
    for (byte[] signature : keys.signatures(PURPOSE, bytes(signedPart(token.recipient())))) {
      ours |= MessageDigest.isEqual(mac, bytes(ShortToken.written(signature)));
    }
    return ours;
  }

  /** Empty when it has more bits than a signature. */
  private static Optional<byte[]> signature(String mac) {
    byte[] number = new BigInteger(mac, BASE).toByteArray();
    byte[] signature = new byte[SigningKeys.SIGNATURE_BYTES];
    int surplus = number.length - signature.length;
    if (surplus > 1 || (surplus == 1 && number[0] != 0)) {
      return Optional.empty();
    }
    int from = Math.max(0, surplus);
    int length = number.length - from;
    System.arraycopy(number, from, signature, signature.length - length, length);
    return Optional.of(signature);
  }

  private static String written(byte[] signature) {
    String digits = new BigInteger(1, signature).toString(BASE);
    return "0".repeat(MAC_DIGITS - digits.length()) + digits;
  }

  private static String signedPart(RecipientId recipient) {
    return "d1." + recipient.list().value() + '.' + recipient.row();
  }

  private static byte[] bytes(String signed) {
    return signed.getBytes(StandardCharsets.US_ASCII);
  }
}
