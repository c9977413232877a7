package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.core.MailReader;
import io.engage.core.ReadMail;
import io.engage.core.trusting.Trusting.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engage inspect}: what Engage understands of mails, as one JSON object per line. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Prints what Engage understands of each mail, one JSON object per line, in order.")
final class InspectCommand implements Callable<Integer> {
  private final Console console;
  private final ObjectMapper json = new ObjectMapper();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Mails in RFC 5322 form.")
  private List<String> files = List.of();

  @Option(names = "--stdin", description = "Read file names from standard input, one per line.")
  private boolean fromStdin;

  @Option(names = "--json", description = "JSON lines; what this command prints anyway.")
  private boolean asJson;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty() == !fromStdin) {
      throw new ParameterException(
          spec.commandLine(),
          "Name the files to inspect, or give --stdin and write their names to it");
    }
    MailReader reader = reading.reader();
    return fromStdin ? inspectNamesOf(reader) : inspectAll(files, reader);
  }

  private int inspectAll(List<String> names, MailReader reader) throws IOException {
    int exitCode = 0;
    for (String name : names) {
      exitCode = Math.max(exitCode, inspect(name, reader));
    }
    return exitCode;
  }

  private int inspectNamesOf(MailReader reader) throws IOException {
    BufferedReader names =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    int exitCode = 0;
    for (String name = names.readLine(); name != null; name = names.readLine()) {
      if (!name.isBlank()) {
        exitCode = Math.max(exitCode, inspect(name, reader));
      }
    }
    return exitCode;
  }

  /** Each object goes out at once, so that a program can ask and wait for the answer. */
  private int inspect(String name, MailReader reader) throws IOException {
    ObjectNode object = json.createObjectNode().put("file", name);
    int exitCode = 0;
    try {
      ReadMail mail = reader.read(MailFile.of(Path.of(name)));
      InspectedMail.write(mail, object);
      Trust trust = reading.trusting().decide(mail.mail(), false);
      object
          .putObject("trust")
          .put("level", trust.level().code())
          .put("evidence", trust.evidence());
    } catch (IOException | InvalidPathException unreadable) {
      object.put("error", "The mail cannot be read: " + reason(unreadable));
      exitCode = 1;
    } catch (RuntimeException | StackOverflowError broken) {
      object.removeAll();
      object
          .put("file", name)
          .put("error", "The mail cannot be understood: " + broken.getClass().getName());
      exitCode = 1;
    }
    console.out().println(json.writeValueAsString(object));
    console.out().flush();
    return exitCode;
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
