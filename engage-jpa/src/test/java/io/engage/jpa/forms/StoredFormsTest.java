package io.engage.jpa.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.engage.model.conversation.ConversationId;
import io.engage.model.document.Document;
import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Secret;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import io.engage.testkit.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was stored once is read for ever: {@code stored-forms.jsonl} has lines as they stand in
 * databases. A line is added for what is new, and none that was released is ever changed.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
class StoredFormsTest {
  private static final List<String> TEXTS = List.of("Ré “strap” 😀\r\n\t\\ \" ${name}", "");

  private static final NoteId NOTE = NoteId.of("note-1");
  private static final ConversationId STRAP = ConversationId.of("strap");

  private static final Map<String, Class<?>> TYPES =
      StoredTypes.roots().stream()
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  /** A line of the file. */
  record Line(String type, int form, JsonNode json) {
    Object value() {
      return StoredForm.of(Objects.requireNonNull(TYPES.get(type), type))
          .read(json.toString(), form);
    }

    @Override
    public String toString() {
      return type + " " + json.toString().substring(0, Math.min(60, json.toString().length()));
    }
  }

  static List<Line> lines() {
    try (InputStream file =
        Objects.requireNonNull(StoredFormsTest.class.getResourceAsStream("/stored-forms.jsonl"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(StoredFormsTest::line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Class<?>> types() {
    return StoredTypes.roots();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void what_was_stored_once_is_read_and_nothing_of_it_is_lost(Line line) {
    Object value = line.value();

    JsonNode now = tree(write(value, Objects.requireNonNull(TYPES.get(line.type()))));
    assertThat(differences("", line.json(), now))
        .as(
            "What a stored '%s' loses. Give the component or the name back that was changed; or"
                + " raise StoredForm.CURRENT and turn the older form into the newer one when it is"
                + " read. Databases are full of the older one.",
            line.type())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everything_that_can_be_stored_has_a_line(Class<?> type) {
    Set<String> missing = StoredTypes.partsOf(type);
    lines().stream()
        .filter(line -> line.type().equals(type.getSimpleName()))
        .forEach(line -> missing.removeAll(partsIn(line.value())));

    assertThat(missing)
        .as(
            "What has no line in stored-forms.jsonl. Look whether it is to be stored like this for"
                + " ever, and add:%n%s",
            suggestion(type, missing))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void random_values_are_read_as_they_were_written(Class<?> type) {
    AnyValue any = new AnyValue(new Random(7), HostileTexts.ALL, 3);

    List<?> values = IntStream.range(0, 300).mapToObj(i -> any.of(type)).toList();

    assertThat(values.stream().map(each -> read(write(each, type), type)).toList())
        .isEqualTo(values);
  }

  @ParameterizedTest
  @MethodSource("types")
  @Tag("G-34")
  void no_table_stores_a_secret_in_plain(Class<?> type) {
    Set<String> parts = StoredTypes.partsOf(type);

    assertThat(parts).doesNotContain(Secret.class.getSimpleName()).isNotEmpty();
  }

  @Test
  @Tag("G-34")
  void a_secret_that_was_forgotten_in_a_record_is_refused_and_not_said() {
    Grant grant = Grant.of(Secret.of("refresh-4711"));

    assertThatThrownBy(() -> write(grant, Grant.class))
        .isInstanceOf(IllegalStateException.class)
        .satisfies(failed -> assertThat(traceOf(failed)).doesNotContain("4711"));
  }

  @Test
  void a_text_of_a_million_characters_is_kept() {
    String longest = "😀\ud83d\0x".repeat(200_000);

    String json = write(new Note(NOTE, STRAP, Sample.clara(), longest, Sample.MONDAY, 0));

    assertThat(StoredForm.of(Document.class).read(json, StoredForm.CURRENT))
        .isInstanceOfSatisfying(Note.class, note -> assertThat(note.text()).isEqualTo(longest));
  }

  private static String write(Note note) {
    return StoredForm.of(Document.class).write(note);
  }

  private static String traceOf(Throwable failed) {
    StringWriter trace = new StringWriter();
    failed.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** Lines that have together what is missing; to be looked at before they are added. */
  private static String suggestion(Class<?> type, Set<String> wanted) {
    Set<String> missing = new TreeSet<>(wanted);
    StringBuilder lines = new StringBuilder();
    AnyValue any = new AnyValue(new Random(1), TEXTS, 1);
    for (int i = 0; i < 2_000 && !missing.isEmpty(); i++) {
      Object value = any.of(type);
      if (missing.removeAll(partsIn(value))) {
        lines.append(
            "{\"type\":\"%s\",\"form\":%d,\"json\":%s}%n"
                .formatted(type.getSimpleName(), StoredForm.CURRENT, write(value, type)));
      }
    }
    return lines.toString();
  }

  private static Set<String> partsIn(Object value) {
    Set<String> parts = new TreeSet<>();
    StoredTypes.addPartsIn(value, parts);
    return parts;
  }

  /** Where the later form has not what the earlier one had; it may have more. */
  private static List<String> differences(String path, JsonNode earlier, JsonNode later) {
    if (earlier.isObject() && later.isObject()) {
      return earlier.properties().stream()
          .flatMap(
              each ->
                  later.has(each.getKey())
                      ? differences(
                          path + "." + each.getKey(), each.getValue(), later.get(each.getKey()))
                          .stream()
                      : List.of(path + "." + each.getKey() + " is gone").stream())
          .toList();
    } else if (earlier.isArray() && later.isArray() && earlier.size() == later.size()) {
      return IntStream.range(0, earlier.size())
          .filter(i -> isMissing(earlier.get(i), later))
          .mapToObj(i -> path + "[" + i + "] is gone")
          .toList();
    }
    return earlier.equals(later) ? List.of() : List.of(path + " is another");
  }

  /** Sets have no order; that lists keep theirs is seen by values. */
  private static boolean isMissing(JsonNode element, JsonNode array) {
    for (JsonNode each : array) {
      if (differences("", element, each).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static <T> String write(Object value, Class<T> type) {
    return StoredForm.of(type).write(type.cast(value));
  }

  private static Object read(String json, Class<?> type) {
    return StoredForm.of(type).read(json, StoredForm.CURRENT);
  }

  private static Line line(String line) {
    JsonNode read = tree(line);
    return new Line(read.get("type").asText(), read.get("form").asInt(), read.get("json"));
  }

  private static JsonNode tree(String json) {
    try {
      return StoredJson.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A line is no JSON", e);
    }
  }
}
