package io.engage.dialer.listing;

/** Where the bytes of a list come from, from the first to the last. */
@FunctionalInterface
public interface ListBytes {

  /**
   * Writes the next bytes to {@code buffer}, from {@code offset} on and at most {@code length}.
   *
   * @return how many; -1 at the end
   */
  int read(byte[] buffer, int offset, int length);
}
