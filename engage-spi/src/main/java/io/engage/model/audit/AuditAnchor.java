package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.ContentDigest;

/**
 * A place in the chain of audit entries and the seal that stood there once. Kept outside the store
 * it proves later that nothing up to this place was changed, and that nothing was cut off.
 *
 * @param sequence 0 for the place before the first entry
 */
public record AuditAnchor(long sequence, ContentDigest seal) {
  /** Before the first entry. */
  public static final AuditAnchor START = new AuditAnchor(0, AuditSeal.BEFORE_ALL);

  public AuditAnchor {
    requireNonNull(seal, "seal");
    if (sequence < 0 || (sequence == 0 && !seal.equals(AuditSeal.BEFORE_ALL))) {
      throw new IllegalArgumentException(
          "An anchor has the sequence of an audit entry and its seal, but this has " + sequence);
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static AuditAnchor parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new AuditAnchor(
          Long.parseLong(text, 0, Math.max(colon, 0), 10),
          ContentDigest.of(text.substring(colon + 1)));
    } catch (IllegalArgumentException notAnAnchor) {
      throw new IllegalArgumentException(
          "An anchor is a sequence, a colon and 64 hexadecimal digits, as in '17:3f…'",
          notAnAnchor);
    }
  }

  /** The sequence, a colon, the seal: to be written down. */
  @Override
  public String toString() {
    return sequence + ":" + seal.value();
  }
}
