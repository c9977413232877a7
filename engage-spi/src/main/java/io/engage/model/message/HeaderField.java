package io.engage.model.message;

import static java.util.Objects.requireNonNull;

/**
 * One header field of a mail as it arrived: unfolded, its encoded words (RFC 2047) not yet decoded,
 * bytes above 127 read as UTF-8 where that is possible.
 */
public record HeaderField(String name, String value) {
  public HeaderField {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }

  /** Field names are compared without regard to case (RFC 5322 section 1.2.2). */
  public boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }
}
