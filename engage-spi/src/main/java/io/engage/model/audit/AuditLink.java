package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.ContentDigest;

/**
 * An audit entry in its place in the chain: whoever changes, removes or moves an entry has to
 * change the seal of every later one too.
 *
 * @param sequence 1 for the first entry of the installation, then without gaps
 * @param seal the SHA-256 of the seal before and of this entry, see {@link AuditSeal}
 */
public record AuditLink(long sequence, AuditEntry entry, ContentDigest seal) {
  public AuditLink {
    requireNonNull(entry, "entry");
    requireNonNull(seal, "seal");
    if (sequence < 1) {
      throw new IllegalArgumentException(
          "The chain of audit entries starts at 1, but this link has " + sequence);
    }
  }

  /** The first link of a chain. */
  public static AuditLink first(AuditEntry entry) {
    return new AuditLink(1, entry, AuditSeal.of(AuditSeal.BEFORE_ALL, entry));
  }

  /** The link behind this one. */
  public AuditLink next(AuditEntry following) {
    return new AuditLink(sequence + 1, following, AuditSeal.of(seal, following));
  }

  /** Whether this stands behind {@code before}, unchanged. */
  public boolean follows(AuditLink before) {
    return sequence == before.sequence + 1 && seal.equals(AuditSeal.of(before.seal, entry));
  }

  /** Whether this is the first link of a chain, unchanged. */
  public boolean isFirst() {
    return sequence == 1 && seal.equals(AuditSeal.of(AuditSeal.BEFORE_ALL, entry));
  }
}
