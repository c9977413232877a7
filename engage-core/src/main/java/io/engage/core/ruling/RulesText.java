package io.engage.core.ruling;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.engage.model.rule.RuleSet;
import java.util.List;

/**
 * Rule sets as JSON, to be kept, shown, exchanged and reviewed outside: {@code {"schema": 1,
 * "rules": [{"name": "repairs", "when": {"type": "subject", "contains": "bike"}, "then": [{"type":
 * "add-tag", "tag": "repair"}]}]}}.
 *
 * <p>What is written is read back as it was. What is unknown is refused with its place rather than
 * passed over: a rule that does less than its author thinks loses mail.
 */
public final class RulesText {
  /** The form that is written, and the newest one that is read. */
  public static final int SCHEMA = 1;

  /** The longest text that is read, in characters. */
  public static final int LONGEST = 5_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RulesText() {}

  /** What came of reading a text. */
  public sealed interface Read {

    /** It is a rule set. */
    record Ready(RuleSet rules) implements Read {}

    /** It is none; each problem with its place. */
    record Refused(List<Problem> problems) implements Read {
      public Refused {
        problems = List.copyOf(problems);
      }

      /** All of it in one sentence for whoever wrote the text. */
      public String reason() {
        return String.join("; ", problems.stream().map(Problem::toString).toList());
      }
    }
  }

  /**
   * What is wrong with a text.
   *
   * @param path where, as a JSON pointer (RFC 6901) such as {@code /rules/0/when}, or a line and a
   *     column where it is no JSON at all
   */
  public record Problem(String path, String reason) {
    public Problem {
      requireNonNull(path, "path");
      requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
      return (path.isEmpty() ? "the whole" : path) + ": " + reason;
    }
  }

  /** Reads a rule set. */
  public static Read parse(String text) {
    if (text.length() > LONGEST) {
      return refused(
          "",
          "it has %d characters, but at most %d are possible".formatted(text.length(), LONGEST));
    }
    try {
      JsonNode tree = JSON.readTree(text);
      return new RulesReading().decide(tree);
    } catch (JsonProcessingException broken) {
      return refused(place(broken), "this is no JSON. " + broken.getOriginalMessage());
    }
  }

  /** Writes a rule set, every time the same. */
  public static String render(RuleSet rules) {
    return RulesWriting.decide(rules).toPrettyString();
  }

  private static String place(JsonProcessingException broken) {
    return broken.getLocation() == null
        ? ""
        : "line %d, column %d"
            .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr());
  }

  private static Read refused(String path, String reason) {
    return new Read.Refused(List.of(new Problem(path, reason)));
  }
}
