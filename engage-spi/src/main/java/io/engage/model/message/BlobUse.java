package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.document.Document;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.SentDraft;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That bytes of the blob store are needed, and by what sort of thing. Whatever is stored and stands
 * in none of these lists needs no bytes; stores find the users of bytes by them.
 */
public record BlobUse(ContentDigest blob, By by) {

  /** What may need bytes. */
  public enum By {
    /** A message that lists show. */
    SHOWN_MESSAGE,
    /** A message that was deleted, and of which all is kept all the same. */
    DELETED_MESSAGE,
    DRAFT,
    /** A draft that can be taken back as long as its message waits. */
    SENT_DRAFT,
    HELD_MAIL,
    QUARANTINED_MAIL,
    /** A file that rows of a campaign's lists may name. */
    CAMPAIGN_FILE;

    /** Whether it is a message. */
    public boolean isMessage() {
      return this == SHOWN_MESSAGE || this == DELETED_MESSAGE;
    }
  }

  public BlobUse {
    requireNonNull(blob, "blob");
    requireNonNull(by, "by");
  }

  /** What was erased needs nothing: its source is a mark by which it is recognised. */
  public static Set<BlobUse> of(Message message) {
    if (message.state().erased()) {
      return Set.of();
    }
    By by = message.state().deleted() ? By.DELETED_MESSAGE : By.SHOWN_MESSAGE;
    return Set.of(new BlobUse(message.source().digest(), by));
  }

  public static Set<BlobUse> of(Draft draft) {
    return filesOf(draft, By.DRAFT);
  }

  public static Set<BlobUse> of(Document document) {
    if (document instanceof HeldMail held) {
      return Set.of(new BlobUse(held.source().digest(), By.HELD_MAIL));
    }
    if (document instanceof CampaignAttachment file) {
      return Set.of(new BlobUse(file.content().digest(), By.CAMPAIGN_FILE));
    }
    return document instanceof SentDraft sent ? filesOf(sent.draft(), By.SENT_DRAFT) : Set.of();
  }

  /** Of what was imported the messages need the bytes; what waits in quarantine has only these. */
  public static Set<BlobUse> of(LedgerEntry entry) {
    Blob source = entry.source();
    return entry.state() == LedgerEntry.State.QUARANTINED && source != null
        ? Set.of(new BlobUse(source.digest(), By.QUARANTINED_MAIL))
        : Set.of();
  }

  private static Set<BlobUse> filesOf(Draft draft, By by) {
    return draft.content().files().stream()
        .map(Composition.File::content)
        .map(content -> new BlobUse(content.digest(), by))
        .collect(Collectors.toUnmodifiableSet());
  }
}
