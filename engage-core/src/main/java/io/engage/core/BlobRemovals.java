package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.DocumentKey;
import io.engage.model.mailbox.HeldTrace;
import io.engage.model.message.BlobRemoval;
import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes the bytes of what was erased. That they have to go is committed with the erasure, so
 * whoever comes next finishes what a crash cut short.
 */
final class BlobRemovals {
  private static final int AT_ONCE = 50;

  private final Parts parts;

  BlobRemovals(Parts parts) {
    this.parts = parts;
  }

  /** One that is to be stored with the change that ends the need. */
  BlobRemoval of(Collection<ContentDigest> blobs) {
    return new BlobRemoval(parts.ids().next(), List.copyOf(new HashSet<>(blobs)), 0);
  }

  /** Deletes everything that is still to be deleted. Doing it twice does no harm. */
  void finish() {
    List<BlobRemoval> removals = next();
    while (!removals.isEmpty()) {
      removals.forEach(this::finish);
      removals = next();
    }
  }

  private List<BlobRemoval> next() {
    return parts
        .storage()
        .documents()
        .ofOwner(DocumentKey.Kind.BLOB_REMOVAL, "", "", AT_ONCE)
        .stream()
        .map(BlobRemoval.class::cast)
        .toList();
  }

  private void finish(BlobRemoval removal) {
    Set<ContentDigest> unneeded = new HashSet<>(removal.blobs());
    unneeded.removeAll(needed(removal.blobs()));
    parts.blobs().delete(unneeded);
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .dropDocuments(List.of(removal.key()))
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.PRIVACY,
                            AuditSubject.NONE,
                            new AuditFact.BytesErased(unneeded.size())))
                .build());
  }

  private Set<ContentDigest> needed(List<ContentDigest> blobs) {
    return parts.storage().persons().usesOf(blobs, List.of()).stream()
        .map(BlobUse::blob)
        .collect(Collectors.toSet());
  }
}
