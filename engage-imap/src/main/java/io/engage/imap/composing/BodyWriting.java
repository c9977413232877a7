package io.engage.imap.composing;

import io.engage.model.message.FileName;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundCalendar;
import io.engage.model.message.OutboundMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The MIME structure: the text, beside it the HTML with the images that it shows (RFC 2387) and the
 * invitation (RFC 6047), around them the attachments (RFC 2046 section 5.1). Boundaries come from
 * the Message-ID, so that the same mail has the same bytes, and hold {@code =_}, which no encoded
 * body can.
 */
final class BodyWriting {
  /** What the header and the heads of the parts take as a rule. */
  private static final int HEADS = 2048;

  /** Copied, never fed. */
  private static final MessageDigest UNUSED = fresh();

  private final OutboundMessage message;
  private final List<OutboundAttachment> inline;
  private final List<OutboundAttachment> beside;
  private final String boundary;
  private final TextEncoding text;
  private final @Nullable TextEncoding html;
  private final ByteArrayOutputStream out;

  BodyWriting(OutboundMessage message) {
    this(message, TextEncoding.of(message.text()), encoded(message.html()));
  }

  private static @Nullable TextEncoding encoded(@Nullable String html) {
    return html == null ? null : TextEncoding.of(html);
  }

  /**
   * @param text of the message, encoded
   * @param html of the message, encoded; null when it has none
   */
  BodyWriting(OutboundMessage message, TextEncoding text, @Nullable TextEncoding html) {
    this.message = message;
    this.text = text;
    this.html = html;
    this.out =
        new ByteArrayOutputStream(HEADS + text.length() + (html == null ? 0 : html.length()));
    this.inline = message.attachments().stream().filter(each -> isShown(message, each)).toList();
    this.beside = message.attachments().stream().filter(each -> !isShown(message, each)).toList();
    this.boundary = "=_" + digest(message.messageId().value());
  }

  /** The whole mail. */
  byte[] writeAfter(HeaderWriting header) throws IOException {
    ascii(header.toString());
    if (beside.isEmpty() && message.calendar() == null) {
      readable();
    } else {
      mixed();
    }
    return out.toByteArray();
  }

  private void mixed() throws IOException {
    String mixed = boundary + ".m";
    multipart("mixed", mixed);
    delimiter(mixed);
    readable();
    for (OutboundAttachment attachment : beside) {
      delimiter(mixed);
      attachment(attachment, "attachment");
    }
    OutboundCalendar calendar = message.calendar();
    if (calendar != null) {
      delimiter(mixed);
      attachment(invite(calendar), "attachment");
    }
    end(mixed);
  }

  /** For programs that show no invitation: a file that a calendar opens. */
  private static OutboundAttachment invite(OutboundCalendar calendar) {
    byte[] bytes = calendar.text().getBytes(StandardCharsets.UTF_8);
    return new OutboundAttachment(
        FileName.of("invite.ics"), "application/ics", MailContent.of(bytes));
  }

  /** A mail without HTML shows nothing but text. */
  private static boolean isShown(OutboundMessage message, OutboundAttachment attachment) {
    return message.html() != null && attachment.contentId() != null;
  }

  private void readable() throws IOException {
    OutboundCalendar calendar = message.calendar();
    if (html == null && calendar == null) {
      text("plain", text);
      return;
    }
    String alternative = boundary + ".a";
    multipart("alternative", alternative);
    delimiter(alternative);
    text("plain", text);
    if (html != null) {
      delimiter(alternative);
      html(html);
    }
    if (calendar != null) {
      delimiter(alternative);
      text("calendar; method=" + calendar.method(), TextEncoding.of(calendar.text()));
    }
    end(alternative);
  }

  private void html(TextEncoding html) throws IOException {
    if (inline.isEmpty()) {
      text("html", html);
      return;
    }
    String related = boundary + ".r";
    ascii("Content-Type: multipart/related; type=\"text/html\";\r\n");
    ascii(" boundary=\"" + related + "\"\r\n\r\n");
    delimiter(related);
    text("html", html);
    for (OutboundAttachment image : inline) {
      delimiter(related);
      ascii("Content-ID: <" + image.contentId() + ">\r\n");
      attachment(image, "inline");
    }
    end(related);
  }

  private void text(String subtype, TextEncoding encoding) {
    ascii("Content-Type: text/" + subtype + "; charset=utf-8\r\n");
    ascii("Content-Transfer-Encoding: " + encoding.name() + "\r\n\r\n");
    encoding.parts().forEach(out::writeBytes);
  }

  private void attachment(OutboundAttachment attachment, String disposition) throws IOException {
    byte[] content = read(attachment);
    boolean nested = isStructured(attachment.contentType());
    boolean asItIs = nested && TextEncoding.isPlainMail(content, boundary);
    String type = nested && !asItIs ? "application/octet-stream" : attachment.contentType();
    ascii("Content-Type: " + type + ";" + FileNameParameters.forType(attachment.name()) + "\r\n");
    ascii("Content-Transfer-Encoding: " + (asItIs ? "7bit" : "base64") + "\r\n");
    ascii("Content-Disposition: " + disposition + ";");
    ascii(FileNameParameters.forDisposition(attachment.name()) + "\r\n\r\n");
    out.writeBytes(asItIs ? content : TextEncoding.base64(content));
  }

  /** These may not be encoded (RFC 2046 sections 5.1 and 5.2.1). */
  private static boolean isStructured(String type) {
    return type.startsWith("message/") || type.startsWith("multipart/");
  }

  private static byte[] read(OutboundAttachment attachment) throws IOException {
    try (InputStream in = attachment.content().open()) {
      return in.readAllBytes();
    }
  }

  private void multipart(String subtype, String separator) {
    ascii("Content-Type: multipart/" + subtype + ";\r\n boundary=\"" + separator + "\"\r\n\r\n");
  }

  private void delimiter(String separator) {
    ascii("\r\n--" + separator + "\r\n");
  }

  private void end(String separator) {
    ascii("\r\n--" + separator + "--\r\n");
  }

  private void ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String digest(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 12);
  }

  /** To find the algorithm costs more than to use it. */
  private static MessageDigest sha256() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException slowly) {
      return fresh();
    }
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("This Java has no SHA-256", everyJdkHasIt);
    }
  }
}
