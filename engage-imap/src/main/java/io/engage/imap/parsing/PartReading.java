package io.engage.imap.parsing;

import io.engage.model.message.Attachment;
import io.engage.model.message.FileName;
import io.engage.model.message.PartPath;
import io.engage.model.message.ReportPart;
import io.engage.model.message.UntrustedHtml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the parts as they are walked through, and keeps no more of them than is shown. */
final class PartReading implements PartWalk.Visitor {
  private final HeaderReading header;
  private final Warnings warnings;
  private final Room room = new Room();
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private final List<ReportPart> reports = new ArrayList<>();
  private int textLeft = Bounds.TEXT;
  private int htmlLeft = Bounds.HTML;
  private int reportsLeft = Bounds.REPORTS;
  private final Set<PartPath> namelessCalendars = new HashSet<>();
  private int embeddedLeft = Bounds.EMBEDDED_FILES;
  private boolean shown;

  private record Open(String type, List<Part> parts) {}

  PartReading(HeaderReading header, Warnings warnings) {
    this.header = header;
    this.warnings = warnings;
    open.push(new Open("", new ArrayList<>()));
  }

  @Override
  public void field(String name, String value) {
    header.field(name, value);
  }

  @Override
  public void multipartBegins(PartHead head) {
    open.push(new Open(head.type(), new ArrayList<>()));
  }

  @Override
  public void multipartEnds() {
    Open ended = open.pop();
    boolean alternatives = ended.type.equals("multipart/alternative");
    open.element().parts.add(new Part.Several(alternatives, ended.parts));
  }

  @Override
  public void leaf(PartHead head, PartPath path, byte[] strays, InputStream encoded)
      throws IOException {
    warnings.addIf(
        !TransferDecoding.isKnown(head.encoding()), "A part has an unknown transfer encoding");
    switch (LeafKind.decide(head, !shown, open.element().type)) {
      case TEXT -> text(head, path, strays, encoded);
      case HTML -> html(head, path, strays, encoded);
      case REPORT -> report(head, path, encoded);
      case FILE -> attachments.add(attachment(head, path, read(head, encoded, 0, true)));
    }
  }

  /** What is shown, once the walk is over. */
  Part.Shown shown() {
    return Showing.decide(new Part.Several(false, open.getLast().parts));
  }

  /** The files, with those leaves that are listed because something better is shown. */
  List<Attachment> attachments(Part.Shown shown) {
    if (attachments.isEmpty() && shown.listed().isEmpty()) {
      return List.of();
    }
    return Stream.concat(attachments.stream().filter(this::isNoCopy), shown.listed().stream())
        .sorted(Comparator.comparing(Attachment::part, PartReading::inOrder))
        .toList();
  }

  /** Invitations come twice: as an alternative of the text, and once more as a file. */
  private boolean isNoCopy(Attachment attachment) {
    return !namelessCalendars.contains(attachment.part())
        || attachments.stream()
            .noneMatch(
                other ->
                    !namelessCalendars.contains(other.part())
                        && other.sha256().equals(attachment.sha256()));
  }

  List<ReportPart> reports() {
    return reports;
  }

  static @Nullable UntrustedHtml html(Part.Shown shown) {
    String html = shown.html();
    return html == null || html.isBlank() ? null : new UntrustedHtml(html);
  }

  private void text(PartHead head, PartPath path, byte[] strays, InputStream encoded)
      throws IOException {
    LeafContent content = read(head, encoded, textLeft, false);
    byte[] bytes = joined(strays, content.bytes(), textLeft);
    textLeft -= bytes.length;
    byte[] words = withoutFiles(path, bytes);
    String text = TextReading.plain(words, head, warnings);
    show(head, path, content, text, false);
  }

  private byte[] withoutFiles(PartPath path, byte[] bytes) throws IOException {
    List<EmbeddedFiles.Found> files = EmbeddedFiles.find(bytes, embeddedLeft);
    embeddedLeft -= files.size();
    for (EmbeddedFiles.Found file : files) {
      InputStream decoded = new ByteArrayInputStream(EmbeddedFiles.decode(file, bytes));
      LeafContent content = LeafContent.read(decoded, "", 0, true, room);
      attachments.add(
          new Attachment(
              PartPath.of(path.value() + '.' + (files.indexOf(file) + 1)),
              FileName.of(file.name()),
              "application/octet-stream",
              content.size(),
              content.digest(),
              false,
              null));
    }
    return files.isEmpty() ? bytes : EmbeddedFiles.without(files, bytes);
  }

  private void html(PartHead head, PartPath path, byte[] strays, InputStream encoded)
      throws IOException {
    LeafContent content = read(head, encoded, htmlLeft, false);
    byte[] bytes = joined(strays, content.bytes(), htmlLeft);
    htmlLeft -= bytes.length;
    show(head, path, content, TextReading.html(bytes, head, warnings), true);
  }

  /** A leaf that is too long is shown as far as it goes, and listed as a whole. */
  private void show(PartHead head, PartPath path, LeafContent content, String text, boolean html) {
    boolean whole = content.isWhole();
    if (!whole) {
      warnings.add("A text is too long; it is shown in part and listed as a file");
      attachments.add(attachment(head, path, content));
    }
    Supplier<Attachment> file = () -> attachment(head, path, content);
    open.element().parts.add(new Part.Text(text, html, whole ? file : null));
    shown |= !text.isBlank();
  }

  private void report(PartHead head, PartPath path, InputStream encoded) throws IOException {
    int most = Math.min(Bounds.REPORT, reportsLeft);
    boolean mail = LeafKind.isEmbeddedMail(head);
    LeafContent content = read(head, encoded, most, true);
    byte[] bytes = content.bytes();
    reportsLeft -= bytes.length;
    String text = TextReading.report(bytes, head, mail);
    warnings.addIf(!mail && !content.isWhole(), "A report is too long and was cut");
    reports.add(new ReportPart(head.type(), head.parameters(), text));
    if (head.type().equals("text/calendar") && head.fileName() == null) {
      namelessCalendars.add(path);
    }
    String subject = mail ? AttachmentNames.subjectIn(text) : "";
    attachments.add(attachment(head, path, content, AttachmentNames.of(head, subject)));
  }

  /** Lines that were taken for a header are text, and not of the part when it is written. */
  static byte[] joined(byte[] strays, byte[] bytes, int most) {
    if (strays.length == 0) {
      return bytes;
    }
    byte[] joined = Arrays.copyOf(strays, Math.min(most, strays.length + bytes.length));
    int left = Math.max(0, joined.length - strays.length);
    System.arraycopy(bytes, 0, joined, joined.length - left, left);
    return joined;
  }

  private LeafContent read(PartHead head, InputStream encoded, int most, boolean digested)
      throws IOException {
    LeafContent content = LeafContent.read(encoded, head.encoding(), most, digested, room);
    warnings.addIf(content.isBroken(), "A part has a broken transfer encoding");
    return content;
  }

  private static Attachment attachment(PartHead head, PartPath path, LeafContent content) {
    return attachment(head, path, content, AttachmentNames.of(head, ""));
  }

  private static Attachment attachment(
      PartHead head, PartPath path, LeafContent content, String name) {
    return new Attachment(
        path,
        FileName.of(name),
        head.type(),
        content.size(),
        content.digest(),
        head.isInline() || (head.disposition().isEmpty() && head.contentId() != null),
        head.contentId());
  }

  private static int inOrder(PartPath one, PartPath other) {
    String[] left = one.value().split("\\.");
    String[] right = other.value().split("\\.");
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }
}
