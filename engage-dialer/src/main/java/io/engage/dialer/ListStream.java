package io.engage.dialer;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.listing.ListBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The bytes of a list from a stream; whoever opened the stream closes it. */
public final class ListStream implements ListBytes {
  private final InputStream stream;

  private ListStream(InputStream stream) {
    this.stream = stream;
  }

  public static ListStream of(InputStream stream) {
    return new ListStream(requireNonNull(stream, "stream"));
  }

  /**
   * @throws UncheckedIOException when the stream cannot be read
   */
  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      return stream.read(buffer, offset, length);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The list cannot be read", unreadable);
    }
  }
}
