package io.engage.model.message;

/** How a message travels. */
public enum Channel {
  EMAIL("email"),
  SMS("sms");

  private final String code;

  Channel(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }
}
