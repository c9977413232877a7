package io.engage.imap.fetching;

import org.eclipse.angus.mail.iap.ByteArray;

/** Where one answer is read to; it grows no further than any answer to us can be. */
final class BoundedBuffer extends ByteArray {
  private static final int START = 128;
  private static final int LARGEST = 12 << 20;

  BoundedBuffer() {
    super(START);
  }

  /** A server that announces gigabytes is refused before they are allocated. */
  @Override
  public void grow(int more) {
    if (more < 0 || getBytes().length + (long) more > LARGEST) {
      throw new IllegalStateException("An answer of the server is over " + LARGEST + " bytes");
    }
    super.grow(more);
  }
}
