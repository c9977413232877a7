package io.engage.imap.parsing;

import io.engage.model.message.PartPath;
import io.engage.spi.MailFormat.PartReceiver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the parts that are wanted as it comes to them, and walks no further than the last. */
final class PartWriting implements PartWalk.Visitor {
  private final Set<String> wanted = new LinkedHashSet<>();
  private final Room room = new Room();
  private final PartReceiver receiver;

  PartWriting(Collection<PartPath> parts, PartReceiver receiver) {
    parts.forEach(each -> wanted.add(each.value()));
    this.receiver = receiver;
  }

  /** What was not found so far. */
  Set<String> missing() {
    return wanted;
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
    String start = path.value() + '.';
    if (wanted.remove(path.value())) {
      try (OutputStream to = receiver.open(path)) {
        LeafContent.decode(encoded, head.encoding(), to, room);
      }
    } else if (wanted.stream().anyMatch(each -> each.startsWith(start))) {
      writeEmbedded(head, start, strays, encoded);
    }
  }

  /** A file within the text of a part is found again as it was when the mail was read. */
  private void writeEmbedded(PartHead head, String start, byte[] strays, InputStream encoded)
      throws IOException {
    LeafContent content = LeafContent.read(encoded, head.encoding(), Bounds.TEXT, false, room);
    byte[] text = PartReading.joined(strays, content.bytes(), Bounds.TEXT);
    List<EmbeddedFiles.Found> files = EmbeddedFiles.find(text, Bounds.EMBEDDED_FILES);
    for (int i = 0; i < files.size(); i++) {
      if (wanted.remove(start + (i + 1))) {
        try (OutputStream to = receiver.open(PartPath.of(start + (i + 1)))) {
          to.write(EmbeddedFiles.decode(files.get(i), text));
        }
      }
    }
  }

  @Override
  public boolean wantsWhole(String path) {
    return wanted.contains(path);
  }

  @Override
  public boolean hasEnough() {
    return wanted.isEmpty();
  }
}
