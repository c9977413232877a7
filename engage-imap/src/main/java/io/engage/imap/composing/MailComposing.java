package io.engage.imap.composing;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.HeaderField;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.SharedText;
import io.engage.model.message.SharedValues;
import io.engage.spi.MailFormat.MailSeries;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes mails of ours: ASCII, CRLF, lines that every server takes. */
public final class MailComposing {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.ENGLISH);

  /** Fields that are written here, each in its one place. */
  private static final Set<String> OWN =
      Set.of(
          "date",
          "from",
          "to",
          "cc",
          "bcc",
          "resent-bcc",
          "reply-to",
          "subject",
          "message-id",
          "in-reply-to",
          "references",
          "mime-version");

  private static volatile @Nullable Written last;

  private MailComposing() {}

  private record Written(OffsetDateTime second, String text) {}

  /**
   * The bytes of {@code message}; the same ones each time.
   *
   * @throws IOException when an attachment cannot be read
   * @throws IllegalArgumentException when it cannot be written in ASCII: an address or Message-ID
   *     with other characters, or when an extra field is one that is written here
   */
  public static byte[] compose(OutboundMessage message) throws IOException {
    return new BodyWriting(message).writeAfter(header(message));
  }

  /** Composes the same bytes for mails that share their texts, and those only once. */
  public static MailSeries series(SharedText text, @Nullable SharedText html) {
    Stencil ofText = new Stencil(text);
    Stencil ofHtml = html == null ? null : new Stencil(html);
    return (message, values) -> compose(message, ofText, ofHtml, values);
  }

  /** Whoever brings values of another mail gets the message, not a mixture. */
  private static byte[] compose(
      OutboundMessage message, Stencil text, @Nullable Stencil html, SharedValues values)
      throws IOException {
    String wanted = message.html();
    boolean fits =
        text.fits(values.text(), message.text())
            && (html == null || wanted == null
                ? html == null && wanted == null
                : html.fits(values.html(), wanted));
    return fits
        ? new BodyWriting(
                message,
                text.encoded(values.text()),
                html == null ? null : html.encoded(values.html()))
            .writeAfter(header(message))
        : compose(message);
  }

  private static HeaderWriting header(OutboundMessage message) {
    HeaderWriting header = new HeaderWriting();
    header.plain("Date", written(message.date()));
    header.addresses("From", List.of(message.from()));
    recipients(message, header);
    header.addresses("Reply-To", message.replyTo());
    header.text("Subject", message.subject());
    header.plain("Message-ID", ownId(message.messageId()));
    header.ids("In-Reply-To", message.inReplyTo());
    header.ids("References", message.references());
    for (HeaderField field : message.extraFields()) {
      extra(field, header);
    }
    header.plain("MIME-Version", "1.0");
    return header;
  }

  /** Many mails in a row have the same second, and one that was written is as good as another. */
  private static String written(OffsetDateTime date) {
    OffsetDateTime second = date.truncatedTo(ChronoUnit.SECONDS);
    Written known = last;
    if (known == null || !known.second().equals(second)) {
      known = new Written(second, DATE.format(second));
      last = known;
    }
    return known.text();
  }

  /** RFC 5322 wants a recipient in the header; a mail to Bcc only names the group of nobody. */
  private static void recipients(OutboundMessage message, HeaderWriting header) {
    List<NamedAddress> to = message.to();
    List<NamedAddress> cc = message.cc();
    if (to.isEmpty() && cc.isEmpty()) {
      header.plain("To", "undisclosed-recipients:;");
    }
    header.addresses("To", to);
    header.addresses("Cc", cc);
  }

  private static String ownId(RfcMessageId id) {
    if (!HeaderWriting.isWritable(id)) {
      throw new IllegalArgumentException(
          "The Message-ID of a mail of ours has ASCII characters only, at most 900 of them");
    }
    return id.bracketed();
  }

  private static void extra(HeaderField field, HeaderWriting header) {
    String name = field.name().toLowerCase(Locale.ROOT);
    if (OWN.contains(name) || name.startsWith("content-")) {
      throw new IllegalArgumentException(
          "The header field '%s' is written by Engage itself. Leave it out of the extra fields."
              .formatted(field.name()));
    }
    header.extra(field.name(), field.value());
  }
}
