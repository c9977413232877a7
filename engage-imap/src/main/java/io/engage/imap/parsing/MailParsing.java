package io.engage.imap.parsing;

import io.engage.model.message.MailContent;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.spi.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads mails. Any bytes give a result. */
public final class MailParsing {
  private MailParsing() {}

  /**
   * Understands a mail as well as it can be, within {@link Bounds}.
   *
   * @throws IOException when the bytes cannot be read
   */
  public static ParsedMail parse(MailContent content) throws IOException {
    Warnings warnings = new Warnings();
    HeaderReading header = new HeaderReading(warnings);
    PartReading parts = new PartReading(header, warnings);
    try (InputStream source = SourceStream.open(content, warnings)) {
      new PartWalk(parts, warnings).walk(source);
    }
    Part.Shown shown = parts.shown();
    return new ParsedMail(
        header.headers(),
        header.fields(),
        header.contentType(),
        shown.text(),
        PartReading.html(shown),
        parts.attachments(shown),
        parts.reports(),
        warnings.list());
  }

  /**
   * Writes the decoded bytes of one part.
   *
   * @throws NotFound when the mail has no such part
   * @throws IOException when the bytes cannot be read or written
   */
  public static void writePart(MailContent content, PartPath part, OutputStream to)
      throws IOException {
    PartWriting writing = new PartWriting(part, to);
    Warnings unread = new Warnings();
    try (InputStream source = SourceStream.open(content, unread)) {
      new PartWalk(writing, unread).walk(source);
    }
    if (!writing.hasEnough()) {
      throw new NotFound("part in this mail", part.value());
    }
  }
}
