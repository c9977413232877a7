package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.BlobRemoval;
import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import io.engage.model.writing.Draft;
import io.engage.spi.StaleVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes the bytes of what was erased. That they have to go is committed with the erasure, so
 * whoever comes next finishes what a crash cut short.
 *
 * <p>Whether something else needs them is asked before, but somebody may have put the same bytes
 * and be about to commit what refers to them. So what was put lately stays for now, and is looked
 * after again later.
 */
final class BlobRemovals {
  /** By then whoever has put bytes has committed, or never will. */
  static final Duration GRACE = Duration.ofHours(1);

  private static final int AT_ONCE = 50;

  private final Parts parts;

  BlobRemovals(Parts parts) {
    this.parts = parts;
  }

  /** One that is to be stored with the change that ends the need; none when there are no bytes. */
  List<BlobRemoval> of(Collection<ContentDigest> blobs) {
    return blobs.isEmpty() ? List.of() : List.of(of(blobs, parts.clock().instant()));
  }

  /** One that is looked after when a change that follows has been made, or never will be. */
  BlobRemoval later(Collection<ContentDigest> blobs) {
    return of(blobs, parts.clock().instant().plus(GRACE));
  }

  /** Of the files of drafts. */
  List<BlobRemoval> ofFiles(Collection<Draft> drafts) {
    return of(drafts.stream().flatMap(BlobRemovals::filesOf).toList());
  }

  static Stream<ContentDigest> filesOf(Draft draft) {
    return draft.content().files().stream().map(file -> file.content().digest());
  }

  private BlobRemoval of(Collection<ContentDigest> blobs, Instant notBefore) {
    return new BlobRemoval(
        parts.ids().next(), notBefore, List.copyOf(new LinkedHashSet<>(blobs)), 0);
  }

  /**
   * Deletes everything that can be deleted now. Doing it twice does no harm. Within a transaction
   * of the host nothing is deleted: it may still bring back what needs the bytes. The next round of
   * the outbox comes to them.
   */
  void finish() {
    if (parts.storage().events().isHostsTransactionOpen()) {
      return;
    }
    Instant now = parts.clock().instant();
    List<BlobRemoval> due = due(now);
    while (!due.isEmpty()) {
      try {
        finish(due, now);
      } catch (StaleVersion somebodyElseIsAtIt) {
        return;
      }
      due = due(now);
    }
  }

  private List<BlobRemoval> due(Instant now) {
    return parts
        .storage()
        .documents()
        .ofOwner(DocumentKey.Kind.BLOB_REMOVAL, "", "", AT_ONCE)
        .stream()
        .map(BlobRemoval.class::cast)
        .filter(each -> !each.notBefore().isAfter(now))
        .toList();
  }

  private void finish(List<BlobRemoval> removals, Instant now) {
    Set<ContentDigest> unneeded = new LinkedHashSet<>();
    removals.forEach(each -> unneeded.addAll(each.blobs()));
    parts.storage().persons().usesOf(unneeded, List.of()).stream()
        .map(BlobUse::blob)
        .forEach(unneeded::remove);
    Set<ContentDigest> putLately = parts.blobs().delete(unneeded, GRACE);
    InboxChange.Builder change = InboxChange.builder();
    removals.forEach(change::drop);
    if (!putLately.isEmpty()) {
      change.document(of(putLately, now.plus(GRACE)));
    }
    parts
        .committing()
        .commit(
            change
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.PRIVACY,
                            AuditSubject.NONE,
                            new AuditFact.BytesErased(unneeded.size() - putLately.size())))
                .build());
  }
}
