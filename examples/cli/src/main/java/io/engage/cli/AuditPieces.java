package io.engage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.engage.core.auditing.FoundLink;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditVerdict.Broken;
import io.engage.model.audit.AuditVerdict.Damage;
import io.engage.model.message.ContentDigest;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The links of an exported audit trail, from one file or from several that follow each other. */
final class AuditPieces implements Iterator<FoundLink>, Closeable {
  private static final int LONGEST_LINE = 1024 * 1024;

  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final Iterator<Path> files;
  private Path file;
  private BufferedReader reader;
  private long line;
  private final AuditAnchor start;
  private AuditAnchor last;
  private @Nullable FoundLink next;
  private @Nullable Broken problem;
  private boolean ended;

  private AuditPieces(Iterator<Path> files) throws IOException {
    this.files = files;
    this.file = files.next();
    this.reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    try {
      this.start = header();
    } catch (IOException e) {
      reader.close();
      throw e;
    }
    this.last = start;
  }

  /**
   * @throws IOException when the first one cannot be read, or is no export
   */
  static AuditPieces open(List<Path> files) throws IOException {
    return new AuditPieces(files.iterator());
  }

  /** Behind which place they begin. */
  AuditAnchor start() {
    return start;
  }

  /** What is wrong between the links: a piece that is missing, or an end that was cut off. */
  Optional<Broken> findProblem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null && !ended) {
        advance();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next != null;
  }

  @Override
  public FoundLink next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("The audit trail has ended");
    }
    FoundLink given = next;
    next = null;
    return given;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private void advance() throws IOException {
    String text = readLine();
    if (text == null) {
      end(Damage.CUT_OFF);
      return;
    }
    Map<String, Object> object = parse(text);
    if (object.get("end") instanceof String end) {
      endOfPiece(anchor(end));
    } else {
      next = link(object);
      last = next.sequence() < 1 ? last : new AuditAnchor(next.sequence(), next.seal());
    }
  }

  private void endOfPiece(AuditAnchor end) throws IOException {
    if (readLine() != null) {
      throw new IOException("%s goes on behind its end".formatted(here()));
    } else if (!end.equals(last)) {
      end(end.sequence() > last.sequence() ? Damage.CUT_OFF : Damage.REWRITTEN);
    } else if (files.hasNext()) {
      nextPiece();
    } else {
      ended = true;
    }
  }

  private void nextPiece() throws IOException {
    reader.close();
    file = files.next();
    line = 0;
    reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    AuditAnchor after = header();
    if (!after.equals(last)) {
      end(
          after.sequence() > last.sequence()
              ? Damage.MISSING
              : after.sequence() < last.sequence() ? Damage.REORDERED : Damage.REWRITTEN);
    }
  }

  private void end(Damage damage) {
    ended = true;
    problem = new Broken(last, last.sequence() + 1, damage);
  }

  private AuditAnchor header() throws IOException {
    String text = readLine();
    Map<String, Object> header = text == null ? Map.of() : parse(text);
    if (!"engage-audit".equals(header.get("format"))) {
      throw new IOException("%s is no export of an audit trail".formatted(here()));
    } else if (!Integer.valueOf(1).equals(header.get("version"))) {
      throw new IOException(
          "%s has another version than 1, so a newer 'engage' is needed".formatted(here()));
    }
    return anchor(header.get("after"));
  }

  private FoundLink link(Map<String, Object> object) throws IOException {
    Object sequence = object.remove("sequence");
    Object seal = object.remove("seal");
    if (!(sequence instanceof Integer || sequence instanceof Long)
        || !(seal instanceof String hex)) {
      throw new IOException("%s is no audit entry with its sequence and seal".formatted(here()));
    }
    try {
      return new FoundLink(((Number) sequence).longValue(), ContentDigest.of(hex), object);
    } catch (IllegalArgumentException noSeal) {
      throw new IOException("%s has no seal of 64 hexadecimal digits".formatted(here()), noSeal);
    }
  }

  private AuditAnchor anchor(@Nullable Object text) throws IOException {
    try {
      return AuditAnchor.parse(String.valueOf(text));
    } catch (IllegalArgumentException noAnchor) {
      throw new IOException("%s: %s".formatted(here(), noAnchor.getMessage()), noAnchor);
    }
  }

  private Map<String, Object> parse(String text) throws IOException {
    try {
      return json.readValue(text, new TypeReference<Map<String, Object>>() {});
    } catch (JsonProcessingException notJson) {
      throw new IOException("%s is not one JSON object".formatted(here()), notJson);
    }
  }

  /** No line is longer than memory allows, whoever wrote it. */
  private @Nullable String readLine() throws IOException {
    line++;
    StringBuilder text = new StringBuilder();
    int unit = reader.read();
    if (unit < 0) {
      return null;
    }
    for (; unit >= 0 && unit != '\n'; unit = reader.read()) {
      if (text.length() == LONGEST_LINE) {
        throw new IOException("%s is longer than a million characters".formatted(here()));
      }
      text.append((char) unit);
    }
    return text.toString();
  }

  private String here() {
    return "Line %d of '%s'".formatted(line, file);
  }
}
