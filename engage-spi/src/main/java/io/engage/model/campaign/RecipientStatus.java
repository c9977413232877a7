package io.engage.model.campaign;

/** How far a recipient is. */
public enum RecipientStatus {
  /** Not sent yet. */
  PENDING("pending"),
  /** A node is about to send to it. */
  CLAIMED("claimed"),
  /** Bytes may have gone. */
  ATTEMPTING("attempting"),
  /** The server took responsibility. */
  SENT("sent"),
  /** Nothing was sent, and nothing will be: a fault of the row, of ours, or of time. */
  FAILED("failed"),
  /** A server said no to this recipient, at once or in a report that came later. */
  REJECTED("rejected"),
  /** The mail went out, no answer came; nobody knows. */
  IN_DOUBT("in-doubt");

  private final String code;

  RecipientStatus(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }

  /** Whether nothing more is done for it by itself. */
  public boolean isFinal() {
    return this == SENT || this == FAILED || this == REJECTED || this == IN_DOUBT;
  }
}
