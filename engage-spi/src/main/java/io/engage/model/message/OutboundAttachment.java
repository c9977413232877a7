package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that goes out with a mail.
 *
 * @param contentType {@code type/subtype}
 * @param contentId by which the mail's HTML shows it ({@code cid:}, RFC 2392), without angle
 *     brackets; null for a file beside the text
 */
public record OutboundAttachment(
    FileName name, String contentType, MailContent content, @Nullable String contentId) {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");
  private static final Pattern CONTENT_ID = Pattern.compile("[A-Za-z0-9!#$*+/=?^_{|}~.@-]{1,200}");

  public OutboundAttachment {
    requireNonNull(name, "name");
    requireNonNull(content, "content");
    contentType = contentType.toLowerCase(Locale.ROOT);
    if (!isContentType(contentType)) {
      throw new IllegalArgumentException(
          "The content type of attachment '%s' has to be type/subtype, such as application/pdf"
              .formatted(name.value()));
    }
    if (contentId != null && !isContentId(contentId)) {
      throw new IllegalArgumentException(
          "The Content-ID of attachment '%s' has to be 1 to 200 letters, digits and signs that may"
                  .formatted(name.value())
              + " stand in a header");
    }
  }

  /** A file beside the text. */
  public OutboundAttachment(FileName name, String contentType, MailContent content) {
    this(name, contentType, content, null);
  }

  /** Whether a file can be declared as this. */
  public static boolean isContentType(String text) {
    return MEDIA_TYPE.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether HTML of ours can show a part under this Content-ID. */
  public static boolean isContentId(String text) {
    return CONTENT_ID.matcher(text).matches();
  }

  /** The same file, not shown within the text. */
  public OutboundAttachment besideText() {
    return new OutboundAttachment(name, contentType, content, null);
  }
}
