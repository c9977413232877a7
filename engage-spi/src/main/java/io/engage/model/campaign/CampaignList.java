package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A list of recipients that was imported for a campaign.
 *
 * @param name as agents know it
 * @param subject of its mails, with fields; empty for the campaign's own
 * @param status whether its recipients are sent to
 * @param changedAt since when that is so
 * @param rows how many recipients it has, those with an invalid address too
 * @param refusedRows how many rows were no recipients; the import told which and why
 * @param sequel what its recipients are told of an event that they were invited to; null of a list
 *     that was imported
 * @param signer name of the key that signs what its mails are known by, whichever key is the first
 *     one by then; null when nobody said
 */
public record CampaignList(
    ListId id,
    CampaignId campaign,
    String name,
    String subject,
    Status status,
    Instant importedAt,
    Instant changedAt,
    long rows,
    long refusedRows,
    @Nullable Sequel sequel,
    @Nullable String signer,
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

  /**
   * That the recipients of a list got an invitation before, each as the row with the same number of
   * another list: calendars know the event by what that invitation called it.
   *
   * @param invited the list as whose rows they were invited; it may be gone by now
   * @param signer name of the key by which that list signed; null when nobody said
   */
  public record Sequel(ListId invited, Word word, @Nullable String signer) {
    public Sequel {
      requireNonNull(invited, "invited");
      requireNonNull(word, "word");
    }
  }

  /** What whoever was invited is told of the event. */
  public enum Word {
    /** Something of it is different. */
    CHANGED("changed"),
    /** It does not take place. */
    CANCELLED("cancelled");

    private final String code;

    Word(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  /** A list that is no sequel, and as it was imported. */
  public CampaignList(
      ListId id,
      CampaignId campaign,
      String name,
      String subject,
      Status status,
      Instant importedAt,
      long rows,
      long refusedRows,
      long version) {
    this(
        id,
        campaign,
        name,
        subject,
        status,
        importedAt,
        importedAt,
        rows,
        refusedRows,
        null,
        null,
        version);
  }

  public CampaignList {
    requireNonNull(id, "id");
    requireNonNull(campaign, "campaign");
    requireNonNull(name, "name");
    requireNonNull(subject, "subject");
    requireNonNull(status, "status");
    requireNonNull(importedAt, "importedAt");
    requireNonNull(changedAt, "changedAt");
  }

  /** The same, which stands like this from {@code at} on. */
  public CampaignList withStatus(Status newStatus, Instant at) {
    return new CampaignList(
        id,
        campaign,
        name,
        subject,
        newStatus,
        importedAt,
        at,
        rows,
        refusedRows,
        sequel,
        signer,
        version);
  }

  public CampaignList asSequel(Sequel newSequel) {
    return new CampaignList(
        id,
        campaign,
        name,
        subject,
        status,
        importedAt,
        changedAt,
        rows,
        refusedRows,
        newSequel,
        signer,
        version);
  }

  /** The same, whose mails are known by what this key signs. */
  public CampaignList signedBy(String key) {
    return new CampaignList(
        id,
        campaign,
        name,
        subject,
        status,
        importedAt,
        changedAt,
        rows,
        refusedRows,
        sequel,
        key,
        version);
  }

  /** As it is when all of its rows were read. */
  public CampaignList imported(Status newStatus, long recipients, long refused, Instant at) {
    return new CampaignList(
        id,
        campaign,
        name,
        subject,
        newStatus,
        importedAt,
        at,
        recipients,
        refused,
        sequel,
        signer,
        version);
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
        id,
        campaign,
        name,
        subject,
        status,
        importedAt,
        changedAt,
        rows,
        refusedRows,
        sequel,
        signer,
        newVersion);
  }

  @Override
  public String toString() {
    return "CampaignList[%s, %s]".formatted(id.value(), status.code());
  }
}
