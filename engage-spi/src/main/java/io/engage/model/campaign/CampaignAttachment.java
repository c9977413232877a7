package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.Blob;
import io.engage.model.message.FileName;

/**
 * A file that rows of a campaign's lists can name.
 *
 * @param token what stands in the rows: 1 to 40 characters of a-z, 0-9 and hyphens
 * @param contentType such as {@code application/pdf}
 */
public record CampaignAttachment(
    String token,
    CampaignId campaign,
    FileName name,
    String contentType,
    Blob content,
    long version)
    implements Document {

  public CampaignAttachment {
    requireNonNull(token, "token");
    requireNonNull(campaign, "campaign");
    requireNonNull(name, "name");
    requireNonNull(contentType, "contentType");
    requireNonNull(content, "content");
  }

  @Override
  public DocumentKey key() {
    return keyOf(token);
  }

  public static DocumentKey keyOf(String token) {
    return new DocumentKey(DocumentKey.Kind.CAMPAIGN_ATTACHMENT, token);
  }

  @Override
  public String owner() {
    return campaign.value();
  }

  @Override
  public CampaignAttachment withVersion(long newVersion) {
    return new CampaignAttachment(token, campaign, name, contentType, content, newVersion);
  }

  @Override
  public String toString() {
    return "CampaignAttachment[%s, %d bytes]".formatted(token, content.size());
  }
}
