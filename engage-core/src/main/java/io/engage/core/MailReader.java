package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.classifying.Classifying;
import io.engage.core.folding.Folded;
import io.engage.core.folding.Folding;
import io.engage.core.folding.Occasion;
import io.engage.core.sanitizing.ImagePolicy;
import io.engage.core.sanitizing.PlainText;
import io.engage.core.sanitizing.SafeHtml;
import io.engage.core.sanitizing.Sanitizing;
import io.engage.model.message.MailContent;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.ParsedMail;
import io.engage.spi.MailFormat;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail the way a person would: what it says, what of that is new, what kind of mail it is,
 * and what of its HTML may be shown.
 *
 * <p>It keeps nothing between calls and may be used by any number of threads. Any bytes give a
 * result (see {@link MailFormat#parse}).
 */
public final class MailReader {
  private final MailFormat format;
  private final Classifying classifying;
  private final Function<MailHeaders, Optional<String>> regionOf;

  private MailReader(
      MailFormat format,
      Classifying classifying,
      Function<MailHeaders, Optional<String>> regionOf) {
    this.format = requireNonNull(format, "format");
    this.classifying = requireNonNull(classifying, "classifying");
    this.regionOf = regionOf;
  }

  public static MailReader of(MailFormat format, Classifying classifying) {
    return new MailReader(format, classifying, any -> Optional.empty());
  }

  /** One that is told where the phone numbers of some mails are that have no country code. */
  MailReader in(Function<MailHeaders, Optional<String>> regions) {
    return new MailReader(format, classifying, regions);
  }

  /**
   * Reads a mail to be shown, images from elsewhere blocked.
   *
   * @throws IOException when the bytes cannot be read, never because of what they are
   */
  public ReadMail read(MailContent content) throws IOException {
    return read(content, ImagePolicy.remoteBlocked());
  }

  /** As {@link #read(MailContent)}, with the images that {@code images} lets through. */
  public ReadMail read(MailContent content, ImagePolicy images) throws IOException {
    ParsedMail mail = format.parse(content);
    SafeHtml html = mail.html() == null ? null : Sanitizing.decide(mail.html(), images);
    return of(mail, html);
  }

  /** Reads a mail to be filed: as {@link #read(MailContent)}, but without its HTML, which costs. */
  public ReadMail readForImport(MailContent content) throws IOException {
    return of(format.parse(content), null);
  }

  private ReadMail of(ParsedMail mail, @Nullable SafeHtml html) {
    String text = textOf(mail);
    Folded folded = Folding.decide(text, occasion(mail.headers()));
    return new ReadMail(
        mail, classifying.decide(withText(mail, text), regionOf), text, folded, html);
  }

  private static Occasion occasion(MailHeaders headers) {
    boolean answers = !headers.inReplyTo().isEmpty() || !headers.references().isEmpty();
    return Occasion.decide(headers.subject(), answers);
  }

  private static String textOf(ParsedMail mail) {
    return mail.text().isBlank() && mail.html() != null
        ? PlainText.decide(mail.html())
        : mail.text();
  }

  /** Kinds are told by the words too, so a mail that has only HTML is classified by its text. */
  private static ParsedMail withText(ParsedMail mail, String text) {
    return mail.text().equals(text)
        ? mail
        : new ParsedMail(
            mail.headers(),
            mail.fields(),
            mail.contentType(),
            text,
            mail.html(),
            mail.attachments(),
            mail.reports(),
            mail.warnings());
  }
}
