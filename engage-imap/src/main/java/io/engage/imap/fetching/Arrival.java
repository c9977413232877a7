package io.engage.imap.fetching;

import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Blob;
import io.engage.model.message.MailContent;
import io.engage.spi.BlobStore;
import jakarta.mail.Flags;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.jspecify.annotations.Nullable;

/**
 * What one FETCH response says of a mail.
 *
 * @param receivedAt null when it does not say
 * @param bytes null when it has no body, or NIL for it
 * @param offset of the bytes within the mail; -1 when it does not say
 */
record Arrival(boolean seen, @Nullable Instant receivedAt, @Nullable ByteArray bytes, long offset) {

  static Arrival of(FetchResponse response) {
    FLAGS flags = response.getItem(FLAGS.class);
    INTERNALDATE date = response.getItem(INTERNALDATE.class);
    BODY body = response.getItem(BODY.class);
    return new Arrival(
        flags != null && flags.contains(Flags.Flag.SEEN),
        date == null || date.getDate() == null ? null : date.getDate().toInstant(),
        body == null ? null : body.getByteArray(),
        body == null ? -1 : body.getOrigin());
  }

  FetchedMail mail(ServerUid uid, long sizeOnServer, Instant now, Blob blob, MailContent content) {
    Instant received = receivedAt == null ? now : receivedAt;
    return new FetchedMail(uid, seen, received, sizeOnServer, blob, content);
  }

  /** Bytes within the answer in which they came, without a copy of them. */
  record Slice(ByteArray bytes) implements MailContent {
    @Override
    public long size() {
      return bytes.getCount();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes.getBytes(), bytes.getStart(), bytes.getCount());
    }
  }

  /** Bytes that are read again from the blob store. */
  record Stored(BlobStore blobs, Blob blob) implements MailContent {
    @Override
    public long size() {
      return blob.size();
    }

    @Override
    public InputStream open() throws IOException {
      return blobs.open(blob.digest());
    }
  }
}
