package io.engage.imap.parsing;

import io.engage.model.message.PartPath;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Goes through the parts of a mail in order, once, and shows them to a visitor. The parser is
 * mime4j's token stream with its limits off: ours cut instead of giving up.
 */
final class PartWalk {
  private static final MimeConfig LENIENT =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderCount(-1)
          .setMaxHeaderLen(-1)
          .setMaxContentLen(-1)
          .build();
  private static final int PEEKED = 8192;

  /** What a walk shows, in the order of the mail. */
  interface Visitor {
    /** A field of the mail's own header. */
    void field(String name, String value);

    void multipartBegins(PartHead head);

    void multipartEnds();

    /**
     * A part without parts.
     *
     * @param strays lines from the end of its header that were no fields and may be its text
     * @param encoded its body as it travelled; read as much as is wanted
     */
    void leaf(PartHead head, PartPath path, byte[] strays, InputStream encoded) throws IOException;

    /** Whether this part is wanted as it is, though it has parts. */
    default boolean wantsWhole(String path) {
      return false;
    }

    /** Whether nothing more has to be shown. */
    default boolean hasEnough() {
      return false;
    }
  }

  private final Visitor visitor;
  private final Warnings warnings;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Deque<String> paths = new ArrayDeque<>();
  private final Room room = new Room();
  private HeaderCharset charset = HeaderCharset.in(new byte[0]);
  private boolean guessing;
  private int parts;

  /** One open multipart. */
  private static final class Level {
    final String type;
    int children;
    byte[] preamble = {};

    Level(String type) {
      this.type = type;
    }
  }

  PartWalk(Visitor visitor, Warnings warnings) {
    this.visitor = visitor;
    this.warnings = warnings;
    paths.push("");
  }

  /** Walks through {@code mail} to its end, or to where a bound is reached. */
  void walk(SourceStream source) throws IOException {
    charset = source.charset();
    HeaderGuard guard = new HeaderGuard(source);
    FieldLines lines = new FieldLines(warnings, charset);
    MimeTokenStream tokens = tokens(lines, 0);
    tokens.parse(guard);
    go(tokens, lines, guard);
    warnings.addIf(guard.hasCut(), "A header is too long and was cut");
  }

  private MimeTokenStream tokens(FieldLines lines, int depth) {
    MimeTokenStream tokens =
        new MimeTokenStream(
            LENIENT,
            DecodeMonitor.SILENT,
            lines,
            PartDescriptions.outermost(head -> !visitor.wantsWhole(paths.element()), depth));
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    return tokens;
  }

  private void go(MimeTokenStream tokens, FieldLines lines, HeaderGuard guard) throws IOException {
    int outer = levels.size();
    EntityState state = tokens.getState();
    while (state != EntityState.T_END_OF_STREAM && parts <= Bounds.PARTS && !visitor.hasEnough()) {
      switch (state) {
        case T_START_HEADER -> headerBegins(lines, guard);
        case T_FIELD -> field(tokens.getField());
        case T_END_HEADER -> guard.headerEnds();
        case T_START_MULTIPART -> multipartBegins(tokens);
        case T_PREAMBLE -> preamble(tokens.getInputStream());
        case T_EPILOGUE -> epilogue(tokens.getInputStream());
        case T_END_MULTIPART -> multipartEnds();
        case T_START_BODYPART -> partBegins();
        case T_END_BODYPART -> paths.pop();
        case T_BODY -> body(tokens, lines, guard);
        default -> {}
      }
      state = next(tokens);
    }
    while (levels.size() > outer) {
      multipartEnds();
    }
  }

  /** What the parser throws for odd bytes ends the walk; what came before stays. */
  private EntityState next(MimeTokenStream tokens) throws IOException {
    try {
      return tokens.next();
    } catch (MimeException | IllegalStateException | IndexOutOfBoundsException broken) {
      warnings.add("The structure of the mail is broken; what follows was left out");
      return EntityState.T_END_OF_STREAM;
    }
  }

  private String path() {
    String path = paths.element();
    return path.isEmpty() && levels.isEmpty() ? "1" : path;
  }

  private void headerBegins(FieldLines lines, HeaderGuard guard) {
    lines.headerBegins();
    guard.headerBegins(levels.isEmpty());
  }

  private void field(Field field) {
    if (levels.isEmpty()) {
      String value = field.getBody();
      visitor.field(field.getName(), value == null ? "" : value);
    }
  }

  private void multipartBegins(MimeTokenStream tokens) {
    PartHead head = (PartHead) tokens.getBodyDescriptor();
    levels.push(new Level(head.type()));
    visitor.multipartBegins(head);
  }

  private void multipartEnds() throws IOException {
    Level level = levels.element();
    if (level.children == 0 && !isBlank(level.preamble, level.preamble.length)) {
      withoutParts(level);
    }
    levels.pop();
    visitor.multipartEnds();
  }

  /** Its boundary stands nowhere: it may be another one than its header says, or there is none. */
  private void withoutParts(Level level) throws IOException {
    byte[] start = Arrays.copyOf(level.preamble, Math.min(level.preamble.length, PEEKED));
    String boundary = guessing || levels.size() >= Bounds.DEPTH ? null : Boundaries.guess(start);
    if (boundary == null) {
      warnings.add("A multipart has no parts; what it holds is shown as text");
      PartPath path = PartPath.of(childPath(1));
      visitor.leaf(PartHead.PLAIN, path, new byte[0], new ByteArrayInputStream(level.preamble));
      return;
    }
    warnings.add("A multipart has another boundary than it names");
    guessing = true;
    HeaderGuard guard = new HeaderGuard(new ByteArrayInputStream(level.preamble));
    FieldLines lines = new FieldLines(warnings, charset);
    MimeTokenStream tokens = tokens(lines, levels.size());
    tokens.parseHeadless(guard, level.type + "; boundary=\"" + boundary + '"');
    go(tokens, lines, guard);
    guessing = false;
  }

  /** Nobody is meant to read it, unless it turns out that there is nothing else. */
  private void preamble(InputStream in) throws IOException {
    byte[] start = room.encoded();
    int length = in.readNBytes(start, 0, start.length);
    byte[] rest = length < start.length ? new byte[0] : in.readNBytes(Bounds.TEXT - length);
    byte[] whole = Arrays.copyOf(start, length + rest.length);
    System.arraycopy(rest, 0, whole, length, rest.length);
    levels.element().preamble = whole;
  }

  private void epilogue(InputStream in) throws IOException {
    byte[] start = room.encoded();
    int length = in.readNBytes(start, 0, start.length);
    warnings.addIf(!isBlank(start, length), "Text after the last part was left out");
  }

  private void partBegins() {
    parts++;
    warnings.addIf(parts > Bounds.PARTS, "It has more than 1000 parts; the others were left out");
    paths.push(childPath(++levels.element().children));
  }

  private String childPath(int position) {
    String parent = paths.element();
    return parent.isEmpty() ? String.valueOf(position) : parent + '.' + position;
  }

  private void body(MimeTokenStream tokens, FieldLines lines, HeaderGuard guard)
      throws IOException {
    PartHead head = (PartHead) tokens.getBodyDescriptor();
    byte[] strays = lines.strays();
    boolean wanted = visitor.wantsWhole(paths.element());
    if (!head.isMultipart() || wanted) {
      visitor.leaf(head, PartPath.of(path()), strays, tokens.getInputStream());
    } else if (levels.size() >= Bounds.DEPTH) {
      warnings.add("Its parts are nested more than 100 deep; the innermost is listed as one file");
      visitor.leaf(head, PartPath.of(path()), strays, tokens.getInputStream());
    } else {
      withoutBoundary(head, strays, tokens.getInputStream(), guard);
    }
  }

  /** RFC 7103 section 7.5: the boundary is taken from the body when its parameter is missing. */
  private void withoutBoundary(PartHead head, byte[] strays, InputStream in, HeaderGuard guard)
      throws IOException {
    warnings.add("A multipart names no boundary");
    BufferedInputStream body = new BufferedInputStream(in, PEEKED);
    String boundary = Boundaries.guess(peeked(body));
    if (boundary == null) {
      visitor.leaf(head.asPlainText(), PartPath.of(path()), strays, body);
      return;
    }
    FieldLines lines = new FieldLines(warnings, charset);
    MimeTokenStream tokens = tokens(lines, levels.size());
    tokens.parseHeadless(body, head.type() + "; boundary=\"" + boundary + '"');
    go(tokens, lines, guard);
  }

  private static byte[] peeked(BufferedInputStream in) throws IOException {
    in.mark(PEEKED);
    byte[] start = in.readNBytes(PEEKED - 1);
    in.reset();
    return start;
  }

  private static boolean isBlank(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
