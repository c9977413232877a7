package io.engage.imap.parsing;

import io.engage.model.message.MailContent;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.spi.MailFormat.PartReceiver;
import io.engage.spi.NotFound;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;

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
    try (SourceStream source = SourceStream.open(content, warnings)) {
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
    writeParts(content, List.of(part), any -> new Unclosed(to));
  }

  /**
   * Writes the decoded bytes of several parts in the order of the mail. Once more it is read where
   * one of them lies within another, which is written first.
   *
   * @throws NotFound when the mail lacks one of them
   * @throws IOException when the bytes cannot be read or written
   */
  public static void writeParts(
      MailContent content, Collection<PartPath> parts, PartReceiver receiver) throws IOException {
    PartWriting writing = new PartWriting(parts, receiver);
    int before = Integer.MAX_VALUE;
    while (!writing.hasEnough() && writing.missing().size() < before) {
      before = writing.missing().size();
      Warnings unread = new Warnings();
      try (SourceStream source = SourceStream.open(content, unread)) {
        new PartWalk(writing, unread).walk(source);
      }
    }
    if (!writing.hasEnough()) {
      throw new NotFound("part in this mail", writing.missing().iterator().next());
    }
  }

  /** Whoever gave the stream closes it. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
