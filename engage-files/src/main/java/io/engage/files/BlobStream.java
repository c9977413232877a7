package io.engage.files;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of one blob, from a file handle of its own. */
final class BlobStream extends InputStream {
  private final FileInputStream file;
  private final Runnable onClose;
  private long left;
  private boolean closed;

  private BlobStream(FileInputStream file, long size, Runnable onClose) {
    this.file = file;
    this.left = size;
    this.onClose = onClose;
  }

  static BlobStream open(Shelf.Place place, Runnable onClose) throws IOException {
    FileInputStream file = new FileInputStream(place.segment().file().toFile());
    try {
      file.skipNBytes(place.offset() + RecordHeader.BYTES);
      return new BlobStream(file, place.size(), onClose);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int got = file.read(bytes, from, (int) Math.min(length, left));
    if (got < 0) {
      throw new EOFException("A segment file is shorter than it was");
    }
    left -= got;
    return got;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = file.skip(Math.max(0, Math.min(wanted, left)));
    left -= skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, left);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        file.close();
      } finally {
        onClose.run();
      }
    }
  }
}
