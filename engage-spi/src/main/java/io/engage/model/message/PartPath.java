package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Where a part stands in its mail: one-based positions from the outside in, joined by dots, as in
 * IMAP (RFC 9051 section 6.4.5): {@code 1} is the first part or the whole body of a mail without
 * parts, {@code 2.1} the first part within the second.
 */
public record PartPath(String value) {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,5}(\\.[1-9][0-9]{0,5}){0,200}");

  public PartPath {
    requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A part path is positive numbers joined by dots, such as 1 or 2.1");
    }
  }

  public static PartPath of(String value) {
    return new PartPath(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
