package io.engage.model.message;

/**
 * Whether and why a message is no longer shown in its inbox. Unless it says otherwise, it stays in
 * the customer's history.
 */
public enum Removal {
  NONE("none"),
  /** An agent deleted it for good; it never comes back. */
  BY_AGENT("by-agent"),
  /** It left the mail server before anybody here had to do with it; it comes back when it does. */
  BY_SERVER("by-server"),
  /** Nothing of it is left but that it was there; it never comes back, and stands in no history. */
  ERASED("erased"),
  /** Its author took it back before it was sent; it never comes back, and stands in no history. */
  WITHDRAWN("withdrawn");

  private final String code;

  Removal(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }
}
