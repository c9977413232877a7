package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A part of a mail that is listed rather than shown as its text. Its bytes stay in the mail's
 * source and are decoded when somebody asks for them.
 *
 * @param part where it stands in the mail
 * @param name a safe name to save it under
 * @param contentType {@code type/subtype} in lower case, as the sender declared it: a claim, never
 *     a reason to open it
 * @param size decoded, in bytes
 * @param sha256 of the decoded bytes
 * @param inline whether the sender wants it shown within the text
 * @param contentId the Content-ID without angle brackets, by which HTML refers to it ({@code cid:},
 *     RFC 2392); null when it has none
 */
public record Attachment(
    PartPath part,
    FileName name,
    String contentType,
    long size,
    ContentDigest sha256,
    boolean inline,
    @Nullable String contentId) {
  public Attachment {
    requireNonNull(part, "part");
    requireNonNull(name, "name");
    requireNonNull(contentType, "contentType");
    requireNonNull(sha256, "sha256");
    if (size < 0) {
      throw new IllegalArgumentException("An attachment cannot have a size of " + size + " bytes");
    }
  }
}
