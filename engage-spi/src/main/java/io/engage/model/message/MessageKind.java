package io.engage.model.message;

/** What sort of message it is. The kind is decided before the conversation is. */
public enum MessageKind {
  /** Written by somebody, to us. */
  PERSON("person"),
  /** A program answered for its owner (RFC 3834). */
  AUTO_REPLY("auto-reply"),
  /** An automatic answer that says its owner is away. */
  OUT_OF_OFFICE("out-of-office"),
  /** Mailing lists, newsletters and other mail to many. */
  BULK("bulk"),
  /** A server could not deliver a mail of ours (RFC 3464, action failed). */
  BOUNCE("bounce"),
  /** A server is still trying to deliver a mail of ours (RFC 3464, action delayed). */
  DELAY("delay"),
  /** A server delivered or passed on a mail of ours (RFC 3464). */
  DELIVERED("delivered"),
  /** A recipient called a mail of ours spam (RFC 5965). */
  COMPLAINT("complaint"),
  /** A mail program reports what became of a mail of ours (RFC 8098). */
  DISPOSITION("disposition"),
  /** Somebody answered an invitation (RFC 5546, METHOD:REPLY). */
  CALENDAR_REPLY("calendar-reply"),
  /** A text message that a trusted gateway forwarded as a mail. */
  SMS("sms");

  private final String code;

  MessageKind(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }

  /** Whether somebody should look at it. All other kinds count as read when they arrive. */
  public boolean isWorthALook() {
    return isFromPerson() || this == BULK || this == BOUNCE || this == COMPLAINT;
  }

  /**
   * Whether a person stands behind it and waits for somebody here. All other kinds open, reopen and
   * reassign nothing.
   */
  public boolean isFromPerson() {
    return this == PERSON || this == SMS;
  }
}
