package io.engage.cli;

import io.engage.model.inbox.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a password comes from: never from an argument, which every user of a machine can see. */
final class PasswordOptions {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the password; without it, ENGAGE_PASSWORD is.")
  private @Nullable Path file;

  @Option(
      names = "--oauth",
      description = "What is given is an OAuth 2.0 access token, not a password.")
  private boolean token;

  @Spec private CommandSpec spec = CommandSpec.create();

  Credential credential() {
    String secret = file == null ? fromEnvironment() : fromFile(file);
    return token ? Credential.accessToken(secret) : Credential.password(secret);
  }

  private String fromEnvironment() {
    String secret = System.getenv("ENGAGE_PASSWORD");
    if (secret == null || secret.isEmpty()) {
      throw refused("There is no password. Put it into ENGAGE_PASSWORD, or give --password-file");
    }
    return secret;
  }

  private String fromFile(Path path) {
    try {
      return firstLineOf(path);
    } catch (IllegalArgumentException unreadable) {
      throw refused(String.valueOf(unreadable.getMessage()));
    }
  }

  /**
   * @throws IllegalArgumentException when there is none; the message may be shown
   */
  static String firstLineOf(Path path) {
    return firstLineOf("password", path);
  }

  /**
   * @param what the file holds
   * @throws IllegalArgumentException when there is none; the message may be shown
   */
  static String firstLineOf(String what, Path path) {
    try {
      return Files.readAllLines(path).stream()
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException("The %s file '%s' is empty".formatted(what, path)));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "The %s file '%s' cannot be read".formatted(what, path), unreadable);
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
