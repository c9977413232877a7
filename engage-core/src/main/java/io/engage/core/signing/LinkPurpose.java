package io.engage.core.signing;

/** What a signed link is for. */
public enum LinkPurpose {
  RATING("rating"),
  UNSUBSCRIBE("unsubscribe"),
  SEEN("seen");

  private final String code;

  LinkPurpose(String code) {
    this.code = code;
  }

  /** The name under which it is signed, for ever. It holds no colon. */
  public String code() {
    return code;
  }
}
