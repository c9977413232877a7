package io.engage.model.writing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How an agent signs, as it stands in their profile.
 *
 * @param text plain text; may have fields {@code ${name}}, as a template has
 * @param html the same in HTML; null when it has only text
 */
public record Signature(String text, @Nullable String html) {
  public Signature {
    requireNonNull(text, "text");
  }

  /** A signature of text. */
  public static Signature of(String text) {
    return new Signature(text, null);
  }

  @Override
  public String toString() {
    return "Signature[%d characters]".formatted(text.length());
  }
}
