package io.engage.imap.parsing;

import io.engage.model.message.PartPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes the one part that is wanted, and walks no further. */
final class PartWriting implements PartWalk.Visitor {
  private final PartPath wanted;
  private final OutputStream to;
  private boolean written;

  PartWriting(PartPath wanted, OutputStream to) {
    this.wanted = wanted;
    this.to = to;
  }

  @Override
  public void field(String name, String value) {}

  @Override
  public void multipartBegins(PartHead head) {}

  @Override
  public void multipartEnds() {}

  @Override
  public void leaf(PartHead head, PartPath path, byte[] strays, InputStream encoded)
      throws IOException {
    if (!written && path.equals(wanted)) {
      written = true;
      LeafContent.decode(encoded, head.encoding(), to);
    }
  }

  @Override
  public boolean wantsWhole(String path) {
    return path.equals(wanted.value());
  }

  @Override
  public boolean hasEnough() {
    return written;
  }
}
