package io.engage.cli;

import io.engage.model.inbox.Secret;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the key comes from by which a later run knows again whom an earlier one was refused. */
final class SigningOptions {
  private static final String VARIABLE = "ENGAGE_SIGNING_KEY";

  @Option(
      names = "--signing-key-file",
      paramLabel = "FILE",
      description =
          "A file whose first line is the key that the database of --store is used with, the same"
              + " in every run; without it, ENGAGE_SIGNING_KEY is.")
  private @Nullable Path file;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * @param ends whether what is kept ends with the command; then a key may end with it too
   */
  Secret key(boolean ends) {
    @Nullable String given = file == null ? System.getenv(VARIABLE) : firstLineOf(file);
    if (given != null && !given.isBlank()) {
      return Secret.of(given);
    }
    if (ends) {
      return Secret.of(UUID.randomUUID().toString());
    }
    throw refused(
        "There is no key, so a later run over the same database would write again to addresses that"
            + " a server has refused. Put a long random text into "
            + VARIABLE
            + ", or give --signing-key-file, and keep it for as long as the database");
  }

  private String firstLineOf(Path path) {
    try {
      return PasswordOptions.firstLineOf("key", path);
    } catch (IllegalArgumentException unreadable) {
      throw refused(String.valueOf(unreadable.getMessage()));
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
