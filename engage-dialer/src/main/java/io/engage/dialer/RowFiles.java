package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.Recipient;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.Blob;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundAttachment;
import io.engage.spi.BlobStore;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the files that rows name. */
final class RowFiles {
  private final Foundation foundation;

  RowFiles(Foundation foundation) {
    this.foundation = foundation;
  }

  /** By token, with one question; those of other campaigns are not among them. */
  Map<String, OutboundAttachment> of(Campaign campaign, Collection<Recipient> recipients) {
    Set<DocumentKey> keys = new LinkedHashSet<>();
    for (Recipient each : recipients) {
      each.row().attachments().stream()
          .filter(token -> !token.isEmpty() && token.length() <= 200)
          .forEach(token -> keys.add(CampaignAttachment.keyOf(token)));
    }
    return keys.isEmpty() ? Map.of() : find(campaign, List.copyOf(keys));
  }

  private Map<String, OutboundAttachment> find(Campaign campaign, List<DocumentKey> keys) {
    Map<String, OutboundAttachment> files = new HashMap<>();
    foundation.storage().documents().find(keys).stream()
        .map(CampaignAttachment.class::cast)
        .filter(file -> file.campaign().equals(campaign.id()))
        .forEach(file -> files.put(file.token(), attachment(file)));
    return files;
  }

  private OutboundAttachment attachment(CampaignAttachment file) {
    String type =
        OutboundAttachment.isContentType(file.contentType())
            ? file.contentType()
            : "application/octet-stream";
    return new OutboundAttachment(
        file.name(), type, new StoredFile(foundation.blobs(), file.content()));
  }

  /** Bytes in the blob store. */
  private record StoredFile(BlobStore blobs, Blob blob) implements MailContent {
    @Override
    public long size() {
      return blob.size();
    }

    @Override
    public InputStream open() {
      return blobs.open(blob.digest());
    }
  }
}
