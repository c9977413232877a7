package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.classifying.Classification;
import io.engage.core.folding.Folded;
import io.engage.core.sanitizing.SafeHtml;
import io.engage.model.message.ParsedMail;
import org.jspecify.annotations.Nullable;

/**
 * A mail as a person reads it.
 *
 * @param text what there is to read as plain text; derived from the HTML when the mail has only
 *     that
 * @param folded what of {@code text} the person wrote now, and what is quoted history
 * @param html what may be shown of the mail's HTML; null when it has none, or when nobody asked
 */
public record ReadMail(
    ParsedMail mail,
    Classification classification,
    String text,
    Folded folded,
    @Nullable SafeHtml html) {
  public ReadMail {
    requireNonNull(mail, "mail");
    requireNonNull(classification, "classification");
    requireNonNull(text, "text");
    requireNonNull(folded, "folded");
  }

  @Override
  public String toString() {
    return "ReadMail[%s, %d characters]".formatted(classification.kind().code(), text.length());
  }
}
