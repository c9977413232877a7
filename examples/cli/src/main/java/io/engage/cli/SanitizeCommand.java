package io.engage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.core.sanitizing.ImagePolicy;
import io.engage.core.sanitizing.Sanitizing;
import io.engage.model.message.UntrustedHtml;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code engage sanitize}: what of a stranger's HTML Engage would show. */
@Command(
    name = "sanitize",
    mixinStandardHelpOptions = true,
    description = "Reads HTML from standard input and writes what of it is safe to show.")
final class SanitizeCommand implements Callable<Integer> {
  private static final int LONGEST_INPUT = 64 * 1024 * 1024;

  private final Console console;
  private final ObjectMapper json = new ObjectMapper();

  @Option(
      names = {"--jsonl", "--json"},
      description = "One {\"html\": …} per line, both ways.")
  private boolean lines;

  SanitizeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return lines ? sanitizeLines() : sanitizeAll();
  }

  private int sanitizeAll() throws IOException {
    byte[] html = console.in().readNBytes(LONGEST_INPUT);
    console.out().println(safe(new String(html, StandardCharsets.UTF_8)));
    return 0;
  }

  private int sanitizeLines() throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    int exitCode = 0;
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (!line.isBlank()) {
        ObjectNode answer = answer(line);
        exitCode = answer.has("error") ? 1 : exitCode;
        console.out().println(json.writeValueAsString(answer));
        console.out().flush();
      }
    }
    return exitCode;
  }

  private ObjectNode answer(String line) {
    ObjectNode answer = json.createObjectNode();
    try {
      JsonNode html = json.readTree(line).path("html");
      return html.isTextual()
          ? answer.put("html", safe(html.textValue()))
          : answer.put("error", "The line has no text in \"html\"");
    } catch (JsonProcessingException notJson) {
      return answer.put("error", "The line is not JSON");
    }
  }

  private static String safe(String html) {
    return Sanitizing.decide(new UntrustedHtml(html), ImagePolicy.remoteBlocked()).value();
  }
}
