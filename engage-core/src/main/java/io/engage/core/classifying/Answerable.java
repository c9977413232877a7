package io.engage.core.classifying;

import static java.util.Objects.requireNonNull;

/**
 * Whether a program may answer a mail by itself (RFC 3834 section 2).
 *
 * @param reason why, or why not, in words without any of the mail's content
 */
public record Answerable(boolean allowed, String reason) {
  public Answerable {
    requireNonNull(reason, "reason");
  }

  static Answerable yes() {
    return new Answerable(true, "a person wrote it");
  }

  static Answerable no(String reason) {
    return new Answerable(false, reason);
  }
}
