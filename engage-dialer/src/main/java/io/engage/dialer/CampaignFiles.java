package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.Blob;
import io.engage.model.message.FileName;
import io.engage.model.message.OutboundAttachment;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Keeps the files that rows of a campaign's lists can name. */
final class CampaignFiles {
  /** What mail servers commonly take, after the third that encoding adds. */
  static final long LARGEST = 20L << 20;

  private static final String UNKNOWN_TYPE = "application/octet-stream";

  private final CampaignActs acts;
  private final Foundation foundation;

  CampaignFiles(CampaignActs acts) {
    this.acts = acts;
    this.foundation = acts.foundation();
  }

  Outcome<CampaignAttachment> upload(
      Campaign campaign, String name, String contentType, InputStream content) throws IOException {
    Blob blob;
    try {
      blob = foundation.blobs().put(new Bounded(content));
    } catch (TooLarge tooLarge) {
      return new Outcome.Refused<>(
          "A file has at most %d MB; mail servers take no more.".formatted(LARGEST >> 20));
    }
    foundation.blobs().makeDurable();
    CampaignAttachment file =
        new CampaignAttachment(
            acts.shortId(),
            campaign.id(),
            FileName.of(name),
            OutboundAttachment.isContentType(contentType) ? contentType : UNKNOWN_TYPE,
            blob,
            0);
    acts.commit(
        InboxChange.builder().document(file),
        campaign,
        new AuditFact.CampaignFileUploaded(campaign.id(), file.token(), blob.size()));
    return new Outcome.Done<>(file.withVersion(1));
  }

  /** Rows that name it are not sent any more: each of them fails and says why. */
  Outcome<CampaignAttachment> remove(Campaign campaign, String token) {
    return foundation.retrying(
        () -> {
          Optional<CampaignAttachment> file =
              acts.shelf().file(token).filter(each -> each.campaign().equals(campaign.id()));
          file.ifPresent(
              each ->
                  acts.commit(
                      foundation.withoutBytes(
                          InboxChange.builder().drop(each), List.of(each.content().digest())),
                      campaign,
                      new AuditFact.CampaignFileRemoved(campaign.id(), token)));
          return file.<Outcome<CampaignAttachment>>map(Outcome.Done::new)
              .orElseGet(Outcome.Unknown::new);
        });
  }

  /** More was handed in than a mail can carry. */
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Ends with a failure as soon as there is too much, so that no endless stream fills the store.
   */
  private static final class Bounded extends FilterInputStream {
    private long count;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(in.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      return counted(read, read);
    }

    private int counted(int result, int bytes) throws TooLarge {
      if (result >= 0) {
        count += bytes;
      }
      if (count > LARGEST) {
        throw new TooLarge();
      }
      return result;
    }
  }
}
