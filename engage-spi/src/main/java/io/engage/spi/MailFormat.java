package io.engage.spi;

import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.model.message.SharedText;
import io.engage.model.message.SharedValues;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the form in which mail travels: RFC 5322, MIME (RFC 2045 to 2049), and whatever
 * senders make of them (RFC 7103).
 *
 * <p><b>Callers.</b> Any thread, many at once. It keeps nothing between calls.
 *
 * <p>{@code MailFormatContract} in engage-testkit has a test for each promise on this page.
 */
public interface MailFormat {

  /**
   * Understands a mail as well as it can be. Any bytes give a result: unknown charsets, broken
   * encodings and missing boundaries become warnings, nesting and counts are bounded, and the time
   * is linear in the size. Memory does not grow with attachments.
   *
   * @throws IOException when the bytes cannot be read, never because of what they are
   */
  ParsedMail parse(MailContent content) throws IOException;

  /**
   * Writes the decoded bytes of one part.
   *
   * @throws NotFound when the mail has no such part
   * @throws IOException when the bytes cannot be read or written
   */
  void writePart(MailContent content, PartPath part, OutputStream to) throws IOException;

  /**
   * Writes the decoded bytes of several parts, one after the other in the order of the mail, and
   * closes each stream behind its part. The mail is read once, unless one of the parts lies within
   * another one.
   *
   * @throws NotFound when the mail lacks one of them; those that it has were written
   * @throws IOException when the bytes cannot be read or written
   */
  void writeParts(MailContent content, Collection<PartPath> parts, PartReceiver to)
      throws IOException;

  /** Takes parts of a mail. */
  @FunctionalInterface
  interface PartReceiver {

    /** Where the decoded bytes of this part go; closed when all of them were written. */
    OutputStream open(PartPath part) throws IOException;
  }

  /**
   * Composes a mail: CRLF line ends, no line over 998 bytes, ASCII only, exactly one each of From,
   * Date, Message-ID and Subject, no Bcc. The same message gives the same bytes.
   *
   * <p>An invitation stands twice: as the last alternative of the text ({@code text/calendar} with
   * its method), which mail programs show with buttons, and as the file {@code invite.ics} ({@code
   * application/ics}) for the others. The alternatives are the first part of the whole, because
   * Outlook looks nowhere else.
   *
   * @throws IOException when an attachment cannot be read
   */
  byte[] compose(OutboundMessage message) throws IOException;

  /**
   * Gets ready to compose many mails that share their texts, so that what they share need not be
   * written anew for each.
   *
   * @param html null when the mails have none
   */
  default MailSeries series(SharedText text, @Nullable SharedText html) {
    return (message, values) -> compose(message);
  }

  /** Mails that share their texts. Any thread, many at once. */
  interface MailSeries {

    /**
     * The bytes that {@link MailFormat#compose} gives for this message, no others.
     *
     * @param message whose text and HTML are those of the series with these values
     * @throws IOException when an attachment cannot be read
     */
    byte[] compose(OutboundMessage message, SharedValues values) throws IOException;
  }
}
