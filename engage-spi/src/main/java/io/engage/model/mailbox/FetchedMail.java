package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Blob;
import io.engage.model.message.MailContent;
import java.time.Instant;

/**
 * A mail as it came from the server. Its bytes are in the blob store already.
 *
 * @param seen whether it has the flag {@code \Seen} there
 * @param receivedAt when the server received it (INTERNALDATE)
 * @param sizeOnServer in bytes; more than {@code source} has when only the header was fetched
 *     because the whole is over the limit
 * @param source what was stored of it
 * @param content the stored bytes again, from memory where they are small
 */
public record FetchedMail(
    ServerUid uid,
    boolean seen,
    Instant receivedAt,
    long sizeOnServer,
    Blob source,
    MailContent content) {
  public FetchedMail {
    requireNonNull(uid, "uid");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(source, "source");
    requireNonNull(content, "content");
  }

  @Override
  public String toString() {
    return "FetchedMail[%s, %d bytes]".formatted(uid, source.size());
  }
}
