package io.engage.model.audit;

import io.engage.model.message.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * Seals audit entries. A seal is the SHA-256 of the canonical JSON (RFC 8785, UTF-8) of the entry's
 * {@link AuditForm} with two members more: {@code before}, the seal of the entry before, and {@code
 * sequence}, its place. So it can be checked without this library, on any machine and in any
 * version.
 *
 * <p>There is no key: whoever may rewrite the whole store can seal everything anew. That is found
 * with an {@link AuditAnchor} that is kept elsewhere.
 */
public final class AuditSeal {
  /** What stands for the seal before the first entry. */
  public static final ContentDigest BEFORE_ALL = ContentDigest.of("0".repeat(64));

  private AuditSeal() {}

  /** The seal of an entry at this place, behind the one with the seal {@code before}. */
  public static ContentDigest of(long sequence, ContentDigest before, AuditEntry entry) {
    return of(sequence, before, AuditForm.of(entry));
  }

  /**
   * The seal of an entry in its form, as an export holds it.
   *
   * @throws IllegalArgumentException when {@code form} holds fractions or null
   */
  public static ContentDigest of(long sequence, ContentDigest before, Map<String, ?> form) {
    Map<String, Object> sealed = new HashMap<>(form);
    sealed.put("before", before.value());
    sealed.put("sequence", sequence);
    return ContentDigest.of(
        sha256().digest(CanonicalJson.of(sealed).getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
