package io.engage.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.engage.spi.PortFailure;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command keeps what it makes. */
final class StoreOptions {
  private static final String MEMORY = "memory";

  @Option(
      names = "--store",
      defaultValue = MEMORY,
      paramLabel = "STORE",
      description =
          "Where it is kept: memory, which ends with the command (default), or a database that"
              + " keeps it, as jdbc:postgresql://host/name or jdbc:h2:./file.")
  private String store = MEMORY;

  @Option(
      names = "--store-user",
      paramLabel = "NAME",
      description = "The user of the database, if its address does not say.")
  private @Nullable String user;

  @Option(
      names = "--store-password-file",
      paramLabel = "FILE",
      description =
          "A file whose first line is that user's password; without it, ENGAGE_STORE_PASSWORD is.")
  private @Nullable Path passwordFile;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Whether it ends with the command. */
  boolean isMemory() {
    return store.equals(MEMORY);
  }

  /**
   * @throws PortFailure when the database does not let us in
   */
  OpenStore open() {
    if (isMemory()) {
      return OpenStore.inMemory();
    }
    requireDatabase();
    return OpenStore.at(store, user, password());
  }

  /**
   * The database alone, for what has no sense in memory.
   *
   * @throws PortFailure when it does not let us in
   */
  HikariDataSource openDatabase() {
    if (isMemory()) {
      throw refused("Only a database has tables. Give --store jdbc:postgresql:… or jdbc:h2:…");
    }
    requireDatabase();
    return OpenStore.connect(store, user, password());
  }

  private void requireDatabase() {
    if (!store.startsWith("jdbc:postgresql:") && !store.startsWith("jdbc:h2:")) {
      throw refused(
          "There is no store '%s'. Use memory, jdbc:postgresql:… or jdbc:h2:….".formatted(store));
    }
    if (store.toLowerCase(Locale.ROOT).contains("password=")) {
      throw refused(
          "The address of the store holds a password, which every user of this machine could see."
              + " Put it into ENGAGE_STORE_PASSWORD, or give --store-password-file");
    }
  }

  private @Nullable String password() {
    if (passwordFile == null) {
      return System.getenv("ENGAGE_STORE_PASSWORD");
    }
    try {
      return PasswordOptions.firstLineOf(passwordFile);
    } catch (IllegalArgumentException unreadable) {
      throw refused(String.valueOf(unreadable.getMessage()));
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
