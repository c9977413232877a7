package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.time.Instant;

/**
 * A list of recipients that was imported for a campaign.
 *
 * @param name as agents know it
 * @param subject of its mails, with fields; empty for the campaign's own
 * @param status whether its recipients are sent to
 * @param rows how many recipients it has, those with an invalid address too
 * @param refusedRows how many rows were no recipients; the import told which and why
 */
public record CampaignList(
    ListId id,
    CampaignId campaign,
    String name,
    String subject,
    Status status,
    Instant importedAt,
    long rows,
    long refusedRows,
    long version)
    implements Document {

  /** Whether the recipients of a list are sent to. */
  public enum Status {
    /** Its import has not ended, or was cut short: the same list may be imported again. */
    IMPORTING("importing"),
    INACTIVE("inactive"),
    ACTIVE("active");

    private final String code;

    Status(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public CampaignList {
    requireNonNull(id, "id");
    requireNonNull(campaign, "campaign");
    requireNonNull(name, "name");
    requireNonNull(subject, "subject");
    requireNonNull(status, "status");
    requireNonNull(importedAt, "importedAt");
  }

  public CampaignList withStatus(Status newStatus) {
    return new CampaignList(
        id, campaign, name, subject, newStatus, importedAt, rows, refusedRows, version);
  }

  /** As it is when all of its rows were read. */
  public CampaignList imported(Status newStatus, long recipients, long refused) {
    return new CampaignList(
        id, campaign, name, subject, newStatus, importedAt, recipients, refused, version);
  }

  @Override
  public DocumentKey key() {
    return keyOf(id);
  }

  public static DocumentKey keyOf(ListId id) {
    return new DocumentKey(DocumentKey.Kind.CAMPAIGN_LIST, id.value());
  }

  @Override
  public String owner() {
    return campaign.value();
  }

  @Override
  public CampaignList withVersion(long newVersion) {
    return new CampaignList(
        id, campaign, name, subject, status, importedAt, rows, refusedRows, newVersion);
  }

  @Override
  public String toString() {
    return "CampaignList[%s, %s]".formatted(id.value(), status.code());
  }
}
