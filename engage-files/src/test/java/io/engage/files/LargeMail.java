package io.engage.files;

import io.engage.model.message.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Puts a large mail into a store and reads it again. */
final class LargeMail {
  static final long SIZE = 300L << 20;

  private LargeMail() {}

  public static void main(String[] args) throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(Path.of(args[0]))) {
      Blob blob = store.put(new Numbers());
      store.makeDurable();
      try (InputStream open = store.open(blob.digest())) {
        System.out.println("read " + length(open) + " of " + blob.size());
      }
    }
  }

  private static long length(InputStream from) throws IOException {
    byte[] piece = new byte[1 << 16];
    long length = 0;
    for (int got = from.read(piece); got >= 0; got = from.read(piece)) {
      length += got;
    }
    return length;
  }

  /** So many bytes, made up as they are read. */
  private static final class Numbers extends InputStream {
    private long left = SIZE;

    @Override
    public int read() {
      return left-- > 0 ? (int) (left & 0xFF) : -1;
    }

    @Override
    public int read(byte[] to, int from, int length) {
      if (left == 0) {
        return -1;
      }
      int given = (int) Math.min(length, left);
      left -= given;
      to[from] = (byte) left;
      return given;
    }
  }
}
