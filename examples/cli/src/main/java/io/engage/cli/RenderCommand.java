package io.engage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engage.core.templating.Compilation;
import io.engage.core.templating.Encoding;
import io.engage.core.templating.FilledText;
import io.engage.core.templating.Templating;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engage render}: fills in a template once, as it would be for one row. */
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    description = "Fills in a template, as it would be for one recipient.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:a field has no value", "2:not understood"})
final class RenderCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--template",
      required = true,
      paramLabel = "FILE",
      description = "A text with ${fields}.")
  private String template = "";

  @Option(
      names = "--variables",
      defaultValue = "{}",
      paramLabel = "JSON",
      description = "An object with a value for each field, such as {\"name\":\"Ana\"}.")
  private String variables = "{}";

  @Option(
      names = "--as",
      defaultValue = "text",
      paramLabel = "html|text|header",
      description = "Where it will stand, and so how values are written (default: text).")
  private String as = "text";

  @Spec private CommandSpec spec = CommandSpec.create();

  RenderCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    FilledText filled = form().fill(values(), encoding());
    if (filled instanceof FilledText.Missing missing) {
      console.err().println("It cannot be filled in: " + missing.reason());
      return 1;
    }
    console.out().print(((FilledText.Complete) filled).text());
    console.out().flush();
    return 0;
  }

  private FilledText.Form form() {
    Compilation compilation = new Templating().decide(text());
    if (compilation instanceof Compilation.Refused refused) {
      throw refused("The template '%s' cannot be used: %s".formatted(template, refused.reason()));
    }
    return ((Compilation.Ready) compilation).form();
  }

  private String text() {
    try {
      return Files.readString(Path.of(template), StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException unreadable) {
      throw refused("The template '%s' cannot be read".formatted(template));
    }
  }

  private Map<String, String> values() {
    try {
      JsonNode object = new ObjectMapper().readTree(variables);
      if (object == null || !object.isObject()) {
        throw refused("The variables have to be a JSON object, such as {\"name\":\"Ana\"}");
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (Iterator<Entry<String, JsonNode>> all = object.fields(); all.hasNext(); ) {
        Entry<String, JsonNode> each = all.next();
        values.put(each.getKey(), each.getValue().asText());
      }
      return values;
    } catch (JsonProcessingException broken) {
      throw refused("The variables are no JSON");
    }
  }

  private Encoding encoding() {
    return switch (as.toLowerCase(Locale.ROOT)) {
      case "html" -> Encoding.HTML;
      case "text" -> Encoding.TEXT;
      case "header" -> Encoding.HEADER;
      default -> throw refused("There is no way to write values as '%s'".formatted(as));
    };
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
