package io.engage.jpa;

import io.engage.jpa.BlobPieces.Stored;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores the pieces of something large as they come, each in a transaction of its own; at the end
 * they get their name. What never comes to its end stands in the table of uploads until somebody
 * uploads something else a day later.
 */
final class BlobUpload {
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Database database;
  private final MessageDigest sha256;

  BlobUpload(Database database, MessageDigest sha256) {
    this.database = database;
    this.sha256 = sha256;
  }

  /**
   * @param first was read, and added to the digest, already
   * @param next was read too
   */
  Blob store(byte[] first, byte next, InputStream rest) throws IOException {
    long content = begin(first);
    try {
      long size = first.length + storeRest(content, next, rest);
      ContentDigest digest = ContentDigest.of(sha256.digest());
      finish(digest, new Stored(content, size));
      return new Blob(digest, size);
    } catch (Throwable failed) {
      forget(content, failed);
      throw failed;
    }
  }

  private long begin(byte[] first) {
    return database.changeApart(
        session -> {
          long now = BlobPieces.now(session);
          forgetAbandoned(session, now - LONGEST.toNanos());
          long content = BlobPieces.contents(session, 1).get(0);
          session.update(
              "insert into engage_blob_upload (content, begun_at) values (?, ?)", content, now);
          BlobPieces.addPieces(session, piece(content, 0, first));
          return content;
        });
  }

  private long storeRest(long content, byte next, InputStream rest) throws IOException {
    byte[] piece = new byte[BlobPieces.LONGEST];
    piece[0] = next;
    int length = 1 + rest.readNBytes(piece, 1, piece.length - 1);
    long size = 0;
    for (int place = 1; length > 0; place++) {
      byte[] full = length == piece.length ? piece : Arrays.copyOf(piece, length);
      sha256.update(full);
      size += length;
      int at = place;
      database.changeApart(
          session -> {
            BlobPieces.addPieces(session, piece(content, at, full));
            return at;
          });
      length = length == piece.length ? rest.readNBytes(piece, 0, piece.length) : 0;
    }
    return size;
  }

  private static List<@Nullable Object[]> piece(long content, int place, byte[] bytes) {
    return List.<@Nullable Object[]>of(new @Nullable Object[] {content, place, bytes});
  }

  private void finish(ContentDigest digest, Stored uploaded) {
    database.changeApart(
        session -> {
          if (end(session, uploaded.content()) == 0) {
            throw new PortFailure(
                "Bytes took so long to come that they were given up. Put them again.", true);
          }
          if (!BlobPieces.name(session, digest, uploaded)) {
            BlobPieces.deletePieces(session, List.of(uploaded.content()));
          }
          return true;
        });
  }

  private static int end(Session session, long content) throws SQLException {
    return session.update("delete from engage_blob_upload where content = ?", content);
  }

  private void forget(long content, Throwable failed) {
    try {
      database.changeApart(
          session -> {
            if (end(session, content) == 1) {
              BlobPieces.deletePieces(session, List.of(content));
            }
            return true;
          });
    } catch (RuntimeException forgottenLater) {
      failed.addSuppressed(forgottenLater);
    }
  }

  /** Forgets uploads that began before this moment of the database's clock and never ended. */
  private static void forgetAbandoned(Session session, long before) throws SQLException {
    List<Long> abandoned =
        session.list(
            """
            select content from engage_blob_upload where begun_at < ?
            order by content limit 100 for update%s\
            """
                .formatted(session.dialect() == Dialect.POSTGRESQL ? " skip locked" : ""),
            row -> row.getLong(1),
            before);
    if (!abandoned.isEmpty()) {
      BlobPieces.deletePieces(session, abandoned);
      session.update("delete from engage_blob_upload where content = any (?)", abandoned);
    }
  }
}
