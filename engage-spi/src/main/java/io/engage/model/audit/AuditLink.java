package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.ContentDigest;

/**
 * An audit entry in its place in the chain: whoever changes, removes or moves an entry has to
 * change the seal of every later one too.
 *
 * @param sequence 1 for the first entry of the installation, then without gaps
 * @param seal the SHA-256 of the seal before, the sequence and the entry, see {@link AuditSeal}
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
    return behind(AuditAnchor.START, entry);
  }

  /** The link behind a place. */
  public static AuditLink behind(AuditAnchor before, AuditEntry entry) {
    long sequence = before.sequence() + 1;
    return new AuditLink(sequence, entry, AuditSeal.of(sequence, before.seal(), entry));
  }

  /** The link behind this one. */
  public AuditLink next(AuditEntry following) {
    return behind(anchor(), following);
  }

  /** Its place and seal. */
  public AuditAnchor anchor() {
    return new AuditAnchor(sequence, seal);
  }
}
