package io.engage.imap.parsing;

/**
 * What one mail may cost. Beyond a bound the mail still gives a result, with a warning: a hostile
 * mail is cut, never refused.
 */
final class Bounds {
  /** Parts within parts; Postfix and Dovecot stop at the same depth. */
  static final int DEPTH = 100;

  static final int PARTS = 1_000;

  /** One line of the mail's own header; a References field may come unfolded. */
  static final int HEADER_LINE = 4 << 20;

  /** The whole of the mail's own header. */
  static final int HEADER = 8 << 20;

  static final int PART_HEADER_LINE = 64 << 10;
  static final int PART_HEADER = 256 << 10;

  /** What is kept from the beginning and from the end of one field that is too long. */
  static final int FIELD_BEGINNING = 96 << 10;

  static final int FIELD_END = 32 << 10;

  /** All fields of {@code ParsedMail.fields} together, in characters. */
  static final int FIELDS = 256 << 10;

  static final int ADDRESSES = 1_000;
  static final int LAST_REFERENCES = 100;
  static final int SUBJECT = 4_000;

  /** Bytes of plain text, and of HTML, that are shown; the whole part is listed then. */
  static final int TEXT = 2 << 20;

  static final int HTML = 4 << 20;
  static final int REPORT = 256 << 10;

  /** All reports together: a thousand forwarded mails must not cost a thousand times the bound. */
  static final int REPORTS = 2 << 20;

  /** A boundary has at most 70 characters (RFC 2046 section 5.1.1); real ones are longer. */
  static final int BOUNDARY = 1_000;

  static final int WARNINGS = 50;

  /** Files within the text of one mail; more stay text. */
  static final int EMBEDDED_FILES = 100;

  private Bounds() {}
}
