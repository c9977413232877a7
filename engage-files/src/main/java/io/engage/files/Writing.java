package io.engage.files;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.PortFailure;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Writes a stream to a file and tells whose fault it is when that does not go well. */
final class Writing {
  private static final int PIECE = 1 << 16;

  private Writing() {}

  /**
   * @throws IOException when {@code content} fails
   * @throws PortFailure when the file does
   */
  static Blob write(InputStream content, Path file, BlobFolder folder) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    long size = 0;
    OutputStream to = opened(file, folder);
    try {
      byte[] piece = new byte[PIECE];
      for (int got = content.read(piece); got >= 0; got = content.read(piece)) {
        sha256.update(piece, 0, got);
        append(to, piece, got, folder);
        size += got;
      }
    } finally {
      close(to, folder);
    }
    return new Blob(ContentDigest.of(sha256.digest()), size);
  }

  private static OutputStream opened(Path file, BlobFolder folder) {
    try {
      return new FileOutputStream(file.toFile());
    } catch (IOException e) {
      throw folder.failure("write", e);
    }
  }

  private static void append(OutputStream to, byte[] piece, int length, BlobFolder folder) {
    try {
      to.write(piece, 0, length);
    } catch (IOException e) {
      throw folder.failure("write", e);
    }
  }

  /** A network folder may say only now that it is full. */
  private static void close(OutputStream to, BlobFolder folder) {
    try {
      to.close();
    } catch (IOException e) {
      throw folder.failure("write", e);
    }
  }
}
