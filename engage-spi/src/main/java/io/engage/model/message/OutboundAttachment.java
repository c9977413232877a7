package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file that goes out with a mail.
 *
 * @param contentType {@code type/subtype}
 */
public record OutboundAttachment(FileName name, String contentType, MailContent content) {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");

  public OutboundAttachment {
    requireNonNull(name, "name");
    requireNonNull(content, "content");
    contentType = contentType.toLowerCase(Locale.ROOT);
    if (!MEDIA_TYPE.matcher(contentType).matches()) {
      throw new IllegalArgumentException(
          "The content type of attachment '%s' has to be type/subtype, such as application/pdf"
              .formatted(name.value()));
    }
  }
}
