package io.engage.model.message;

/** Which way a message goes, seen from the inbox. */
public enum Direction {
  INBOUND("inbound"),
  OUTBOUND("outbound");

  private final String code;

  Direction(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }
}
