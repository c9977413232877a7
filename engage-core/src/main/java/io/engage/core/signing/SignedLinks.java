package io.engage.core.signing;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes the part of a customer's link that says what it is about, and reads it when it comes back.
 *
 * <p>It is, in base64url (RFC 4648 section 5): a version byte, the last second in which it holds,
 * the content, and the signature over all of this, the purpose and the tenant.
 */
public final class SignedLinks {
  /** The longest content, in bytes. */
  public static final int LONGEST = 400;

  private static final byte VERSION = 1;
  private static final int HEAD = 1 + Long.BYTES;

  private final SigningKeys keys;
  private final String tenant;

  /**
   * @param tenant what tells this installation from others that have the same keys; may be empty
   */
  public SignedLinks(SigningKeys keys, String tenant) {
    this.keys = requireNonNull(keys, "keys");
    this.tenant = requireNonNull(tenant, "tenant");
  }

  /** The same arguments give the same token. */
  public String sign(LinkPurpose purpose, String content, Instant until) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException(
          "A link carries at most %d bytes, but this content has %d"
              .formatted(LONGEST, bytes.length));
    }
    byte[] signed =
        ByteBuffer.allocate(HEAD + bytes.length)
            .put(VERSION)
            .putLong(until.getEpochSecond())
            .put(bytes)
            .array();
    byte[] signature = keys.sign(context(purpose), signed);
    byte[] whole = Arrays.copyOf(signed, signed.length + signature.length);
    System.arraycopy(signature, 0, whole, signed.length, signature.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /** What a token is worth for this purpose. */
  public LinkVerdict decide(LinkPurpose purpose, String token, Instant now) {
    byte[] whole = bytesOf(token);
    int end = whole.length - SigningKeys.SIGNATURE_BYTES;
    if (end < HEAD || whole[0] != VERSION) {
      return new LinkVerdict.Forged();
    }
    byte[] signed = Arrays.copyOf(whole, end);
    byte[] signature = Arrays.copyOfRange(whole, end, whole.length);
    if (!keys.verify(context(purpose), signed, signature)) {
      return new LinkVerdict.Forged();
    }
    ByteBuffer read = ByteBuffer.wrap(signed, 1, end - 1);
    return read.getLong() < now.getEpochSecond()
        ? new LinkVerdict.Expired()
        : new LinkVerdict.Genuine(StandardCharsets.UTF_8.decode(read).toString());
  }

  /** The length tells where the tenant ends, whatever is in its name. */
  private String context(LinkPurpose purpose) {
    return "link:" + purpose.code() + ':' + tenant.length() + ':' + tenant;
  }

  /** Only the one way in which we write it: a bit that decoders pass over would make two of one. */
  private static byte[] bytesOf(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      return again.equals(token) ? bytes : new byte[0];
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }
}
