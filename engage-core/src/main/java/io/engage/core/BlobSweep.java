package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobWalk;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Deletes bytes that nothing needs and nobody has asked to remove: they were put by somebody who
 * died before committing what refers to them. What was erased goes by {@link BlobRemovals}.
 *
 * <p>What was put within a day stays, since somebody may be about to commit what refers to it; the
 * store looks at that once more when it deletes. A sweep may be cut short anywhere and done again.
 */
final class BlobSweep {
  /** By then whoever has put bytes has committed, or never will. */
  static final Duration GRACE = Duration.ofDays(1);

  private static final int AT_ONCE = 500;

  private final BlobWalk walk;
  private final Parts parts;

  BlobSweep(BlobWalk walk, Parts parts) {
    this.walk = walk;
    this.parts = parts;
  }

  /**
   * Goes through the whole store, page by page.
   *
   * @param goesOn asked before each page; when it says no, the rest stays
   * @return how many it has deleted
   */
  int sweep(BooleanSupplier goesOn) {
    int deleted = 0;
    List<ContentDigest> page = walk.putBefore(GRACE, null, AT_ONCE);
    while (!page.isEmpty() && goesOn.getAsBoolean()) {
      deleted += deleteUnneeded(page);
      page = walk.putBefore(GRACE, page.get(page.size() - 1), AT_ONCE);
    }
    return deleted;
  }

  private int deleteUnneeded(List<ContentDigest> page) {
    Set<ContentDigest> unneeded = new LinkedHashSet<>(page);
    parts.storage().persons().usesOf(page, List.of()).stream()
        .map(BlobUse::blob)
        .forEach(unneeded::remove);
    if (unneeded.isEmpty()) {
      return 0;
    }
    int deleted = unneeded.size() - parts.blobs().delete(unneeded, GRACE).size();
    if (deleted > 0) {
      tell(deleted);
    }
    return deleted;
  }

  private void tell(int deleted) {
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.PRIVACY, AuditSubject.NONE, new AuditFact.BytesErased(deleted)))
                .build());
  }
}
