package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read as often as needed, from wherever they lie. */
public interface MailContent {

  /** In bytes. */
  long size();

  /** A new stream from the first byte; the caller closes it. */
  InputStream open() throws IOException;

  /** Content that lies in memory; the array is not copied and must not be changed afterwards. */
  static MailContent of(byte[] bytes) {
    requireNonNull(bytes, "bytes");
    return new MailContent() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }
}
