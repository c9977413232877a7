package io.engage.jpa;

import io.engage.jpa.BlobPieces.Stored;
import io.engage.spi.PortFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads all pieces when it is opened, so that no connection is held while somebody reads slowly,
 * and nothing is missing when the bytes are deleted meanwhile. More than one piece goes into a file
 * that only this user can read and that goes with the stream.
 */
final class BlobReading {
  private final Database database;
  private final Stored stored;

  BlobReading(Database database, Stored stored) {
    this.database = database;
    this.stored = stored;
  }

  /** Empty when somebody has just deleted it. */
  Optional<InputStream> open() {
    return stored.size() <= BlobPieces.LONGEST ? piece(0).map(ByteArrayInputStream::new) : copied();
  }

  private Optional<byte[]> piece(int place) {
    return database.askApart(session -> BlobPieces.piece(session, stored.content(), place));
  }

  private Optional<InputStream> copied() {
    try {
      FileChannel copy =
          FileChannel.open(
              Files.createTempFile("engage-blob", ".tmp"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      boolean whole = false;
      try {
        whole = copyTo(copy);
      } finally {
        if (!whole) {
          copy.close();
        }
      }
      return whole ? Optional.of(Channels.newInputStream(copy.position(0))) : Optional.empty();
    } catch (IOException failed) {
      throw new PortFailure("A file for bytes of the database could not be written", true);
    }
  }

  /**
   * @return whether all pieces were there
   */
  private boolean copyTo(FileChannel copy) throws IOException {
    long left = stored.size();
    for (int place = 0; left > 0; place++) {
      Optional<byte[]> piece = piece(place);
      if (piece.isEmpty()) {
        return false;
      }
      ByteBuffer bytes = ByteBuffer.wrap(piece.get());
      while (bytes.hasRemaining()) {
        copy.write(bytes);
      }
      left -= piece.get().length;
    }
    return true;
  }
}
