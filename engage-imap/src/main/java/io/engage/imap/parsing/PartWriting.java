package io.engage.imap.parsing;

import io.engage.model.message.PartPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

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
    } else if (!written && wanted.value().startsWith(path.value() + '.')) {
      writeEmbedded(head, wanted.value().substring(path.value().length() + 1), strays, encoded);
    }
  }

  /** A file within the text of a part is found again as it was when the mail was read. */
  private void writeEmbedded(PartHead head, String number, byte[] strays, InputStream encoded)
      throws IOException {
    LeafContent content = LeafContent.read(encoded, head.encoding(), Bounds.TEXT, false);
    byte[] text = PartReading.joined(strays, content.bytes(), Bounds.TEXT);
    List<EmbeddedFiles.Found> files = EmbeddedFiles.find(text, Bounds.EMBEDDED_FILES);
    for (int i = 0; i < files.size(); i++) {
      if (number.equals(String.valueOf(i + 1))) {
        written = true;
        to.write(EmbeddedFiles.decode(files.get(i), text));
      }
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
