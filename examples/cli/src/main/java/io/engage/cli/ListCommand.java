package io.engage.cli;

import io.engage.core.templating.Compilation;
import io.engage.core.templating.Templating;
import io.engage.core.templating.Variable;
import io.engage.dialer.listing.ListRules;
import io.engage.dialer.listing.SampleList;
import io.engage.model.template.Template.Purpose;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engage list}: what can be done with the list of a campaign before it is imported. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks the lists of campaigns.")
final class ListCommand {
  private static final String STANDARD_INPUT = "-";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  ListCommand(Console console) {
    this.console = console;
  }

  /** {@code engage list check}: every bad row of a list, and how many are good. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Says of each bad row of a list where it is and what is wrong with it, and ends with the"
              + " number of rows. Nothing is sent.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:every row can be sent",
        "1:some cannot, or the list cannot be read",
        "2:not understood"
      })
  int check(
      @Parameters(paramLabel = "FILE", description = "The list, as CSV; - is standard input.")
          String file,
      @Option(
              names = "--campaign",
              required = true,
              paramLabel = "NAME",
              description = "The campaign that each row has to name.")
          String campaign,
      @Option(
              names = "--template",
              paramLabel = "FILE",
              description = "A text with ${fields}; rows need a value for each.")
          @Nullable String template,
      @Option(
              names = "--attachment",
              paramLabel = "TOKEN",
              description = "The token of an uploaded file; may be repeated.")
          @Nullable Set<String> attachments,
      @Option(names = "--json", description = "JSON lines: one per problem, then the figures.")
          boolean asJson) {
    try {
      ListRules rules =
          ListRules.of(campaign)
              .withAttachments(attachments == null ? Set.of() : attachments)
              .withTemplateFields(template == null ? Set.of() : fieldsOf(template))
              .withGiven(given());
      return check(file, new ListReport(console.out(), asJson), rules);
    } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
      console.err().println("The list cannot be checked: " + reason(unreadable));
      return 1;
    }
  }

  /** {@code engage list sample}: a list to begin with. */
  @Command(
      name = "sample",
      mixinStandardHelpOptions = true,
      description = "Prints a list to begin with, with a value for each field of the template.")
  int sample(
      @Option(
              names = "--campaign",
              required = true,
              paramLabel = "NAME",
              description = "The campaign that each row names.")
          String campaign,
      @Option(names = "--template", paramLabel = "FILE", description = "A text with ${fields}.")
          @Nullable String template) {
    try {
      console.out().print(sampleOf(campaign, template));
      return 0;
    } catch (IOException | InvalidPathException unreadable) {
      console.err().println("The template cannot be read: " + reason(unreadable));
      return 1;
    }
  }

  private String sampleOf(String campaign, @Nullable String template) throws IOException {
    if (template == null) {
      return SampleList.text(campaign);
    }
    Set<String> given = given();
    return SampleList.text(
        campaign,
        fieldsOf(template).stream().filter(field -> !given.contains(field)).sorted().toList());
  }

  private int check(String file, ListReport report, ListRules rules) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return report.check(console.in(), rules);
    }
    Path path = Path.of(file);
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path))) {
      return System.console() == null
          ? report.check(bytes, rules)
          : checkWithProgress(bytes, Files.size(path), report, rules);
    }
  }

  private static int checkWithProgress(
      InputStream bytes, long size, ListReport report, ListRules rules) throws IOException {
    ProgressBarBuilder bar =
        new ProgressBarBuilder().setTaskName("list").setInitialMax(size).setUnit(" MB", 1_000_000);
    try (InputStream shown = ProgressBar.wrap(bytes, bar)) {
      return report.check(shown, rules);
    }
  }

  private Set<String> fieldsOf(String template) throws IOException {
    String text = Files.readString(Path.of(template), StandardCharsets.UTF_8);
    Compilation compilation = new Templating().decide(text);
    if (compilation instanceof Compilation.Refused refused) {
      throw new ParameterException(
          spec.commandLine(),
          "The template '%s' cannot be used: %s".formatted(template, refused.reason()));
    }
    return ((Compilation.Ready) compilation).form().fields();
  }

  private static Set<String> given() {
    return Variable.offeredIn(Purpose.DIALER).stream()
        .map(Variable::field)
        .collect(Collectors.toSet());
  }

  private static String reason(Exception failure) {
    if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      return reason(wrapped.getCause());
    }
    return failure instanceof NoSuchFileException missing
        ? "there is no file '%s'".formatted(missing.getFile())
        : String.valueOf(failure.getMessage());
  }
}
