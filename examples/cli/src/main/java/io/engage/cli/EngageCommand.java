package io.engage.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code engage} command: each of its commands is a class of its own. */
@Command(
    name = "engage",
    mixinStandardHelpOptions = true,
    version = "engage 0.1.0-SNAPSHOT",
    description = "Looks into mails and mailboxes the way Engage does.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:done in part, or failed", "2:not understood"})
public final class EngageCommand {
  private EngageCommand() {}

  public static void main(String[] arguments) {
    System.exit(run(System.in, System.out, System.err, arguments));
  }

  /** Runs one command on these streams and gives its exit code. */
  static int run(InputStream in, PrintStream out, PrintStream err, String... arguments) {
    PrintStream utf8 = new PrintStream(out, false, StandardCharsets.UTF_8);
    Console console = new Console(in, utf8, err);
    int exitCode =
        new CommandLine(new EngageCommand())
            .addSubcommand(new InspectCommand(console))
            .addSubcommand(new SanitizeCommand(console))
            .addSubcommand(new DoctorCommand(console, new DnsTextRecords()))
            .addSubcommand(new SyncCommand(console))
            .addSubcommand(new ThreadCommand(console))
            .addSubcommand(new AuditCommand(console))
            .addSubcommand(new ListCommand(console))
            .addSubcommand(new RenderCommand(console))
            .addSubcommand(new DialCommand(console))
            .addSubcommand(new SchemaCommand(console))
            .addSubcommand(
                new CommandLine(new RecordingsCommand(console))
                    .setCaseInsensitiveEnumValuesAllowed(true))
            .setOut(new PrintWriter(utf8, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    utf8.flush();
    return exitCode;
  }
}
