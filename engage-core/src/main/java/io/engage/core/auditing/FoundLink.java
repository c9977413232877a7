package io.engage.core.auditing;

import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditForm;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSeal;
import io.engage.model.message.ContentDigest;
import java.util.Map;

/**
 * A link of a chain as it was found, in a store or in an export, before anybody knows whether it is
 * right.
 *
 * @param form see {@link AuditForm}
 */
public record FoundLink(long sequence, ContentDigest seal, Map<String, ?> form) {

  public static FoundLink of(AuditLink link) {
    return new FoundLink(link.sequence(), link.seal(), AuditForm.of(link.entry()));
  }

  boolean standsBehind(AuditAnchor before) {
    return sequence == before.sequence() + 1 && belongsBehind(before);
  }

  /** Whether it was sealed there, whatever place it claims. */
  boolean belongsBehind(AuditAnchor before) {
    return seal.equals(AuditSeal.of(before.sequence() + 1, before.seal(), form));
  }

  AuditAnchor at(long place) {
    return new AuditAnchor(place, seal);
  }
}
