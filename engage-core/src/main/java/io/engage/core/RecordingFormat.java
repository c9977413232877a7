package io.engage.core;

/** In which form recordings are exported. */
public enum RecordingFormat {
  /**
   * One mail file (RFC 4155) with all mails as they came and went, which mail programs open. Its
   * quoting can be undone ("mboxrd").
   */
  MBOX("mbox"),
  /** Lines of JSON, one object on each; docs/recordings.md says what they hold. */
  JSON("json");

  private final String code;

  RecordingFormat(String code) {
    this.code = code;
  }

  /** The name under which the audit trail has it, for ever. */
  public String code() {
    return code;
  }
}
