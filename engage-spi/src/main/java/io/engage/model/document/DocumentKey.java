package io.engage.model.document;

import static java.util.Objects.requireNonNull;

/**
 * Names one document.
 *
 * @param id unique within its kind, 1 to 200 characters
 */
public record DocumentKey(Kind kind, String id) {

  /** The sorts of documents. */
  public enum Kind {
    ACCOUNT("account"),
    ACCOUNT_MAILBOX("account-mailbox"),
    TEMPLATE("template"),
    QUICK_REPLIES("quick-replies"),
    NOTE("note"),
    SENT_DRAFT("sent-draft"),
    RATING("rating"),
    ANSWER_BUDGET("answer-budget"),
    HELD_MAIL("held-mail"),
    HELD_TRACE("held-trace"),
    CUSTOMER_MERGE("customer-merge"),
    CUSTOMER_MOVE("customer-move"),
    BLOB_REMOVAL("blob-removal"),
    SUPPRESSION("suppression"),
    SMS_NUMBER("sms-number"),
    SMS_POLICY("sms-policy"),
    SMS_CONSENT("sms-consent"),
    SMS_ARRIVAL("sms-arrival"),
    SMS_DISPATCH("sms-dispatch"),
    CAMPAIGN("campaign"),
    CAMPAIGN_LIST("campaign-list"),
    CAMPAIGN_ATTACHMENT("campaign-attachment"),
    AGENT_SESSION("agent-session"),
    AGENT_MESSAGE("agent-message"),
    ROTATION("rotation"),
    INBOX_ALARMS("inbox-alarms");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public DocumentKey {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
    if (id.isEmpty() || id.length() > 200) {
      throw new IllegalArgumentException(
          "The key of a document of kind '%s' has 1 to 200 characters, but this has %d"
              .formatted(kind.code(), id.length()));
    }
  }

  @Override
  public String toString() {
    return kind.code() + "/" + id;
  }
}
