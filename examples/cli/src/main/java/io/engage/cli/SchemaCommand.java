package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.jpa.Dialect;
import io.engage.jpa.Schema;
import io.engage.spi.PortFailure;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engage schema}: the tables of Engage, for whoever brings them up by hand. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Prints, updates or checks the tables in which Engage keeps its data.")
final class SchemaCommand {
  private final Console console;
  private final ObjectMapper json = new ObjectMapper();

  @Spec private CommandSpec spec = CommandSpec.create();

  SchemaCommand(Console console) {
    this.console = console;
  }

  /** {@code engage schema print}: the scripts, for a person, for Flyway or for Liquibase. */
  @Command(
      name = "print",
      mixinStandardHelpOptions = true,
      description =
          "Prints the SQL that makes the tables, script by script, each under the name that it has"
              + " for Flyway. Nothing is changed.")
  int print(
      @Option(
              names = "--database",
              required = true,
              paramLabel = "KIND",
              description = "postgresql or h2.")
          String database,
      @Option(
              names = "--prefix",
              defaultValue = "engage_",
              paramLabel = "PREFIX",
              description = "What the names of the tables begin with; engage_ by default.")
          String prefix,
      @Option(names = "--json", description = "A JSON object for each script.") boolean asJson) {
    for (Schema.Script each : scripts(database, prefix)) {
      if (asJson) {
        console
            .out()
            .println(
                json.createObjectNode()
                    .put("number", each.number())
                    .put("file", each.fileName())
                    .put("sql", each.sql()));
      } else {
        console.out().printf("-- %s%n%n%s%n", each.fileName(), each.sql());
      }
    }
    return 0;
  }

  /** {@code engage schema update}: applies what is missing. */
  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      description = "Applies the scripts that a database has not had yet.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:the tables are up to date", "1:they are not", "2:not understood"})
  int update(
      @Mixin StoreOptions store,
      @Option(
              names = "--prefix",
              defaultValue = "engage_",
              paramLabel = "PREFIX",
              description = "What the names of the tables begin with; engage_ by default.")
          String prefix,
      @Option(names = "--json", description = "Print a JSON object.") boolean asJson) {
    return with(store, prefix, schema -> updated(schema.update(), asJson));
  }

  /** {@code engage schema validate}: whether this program could work with the tables. */
  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description = "Says whether the tables are as this program needs them. Nothing is changed.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:the tables are up to date", "1:they are not", "2:not understood"})
  int validate(
      @Mixin StoreOptions store,
      @Option(
              names = "--prefix",
              defaultValue = "engage_",
              paramLabel = "PREFIX",
              description = "What the names of the tables begin with; engage_ by default.")
          String prefix,
      @Option(names = "--json", description = "Print a JSON object.") boolean asJson) {
    return with(store, prefix, schema -> validated(schema.problems(), asJson));
  }

  private List<Schema.Script> scripts(String database, String prefix) {
    try {
      return Schema.scripts(Dialect.valueOf(database.toUpperCase(Locale.ROOT)), prefix);
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(
          spec.commandLine(),
          "There are no scripts for '%s' with the prefix '%s'. Databases are postgresql and h2; a"
                  .formatted(database, prefix)
              + " prefix is small letters, digits and underscores, 20 at most.");
    }
  }

  private int with(StoreOptions store, String prefix, Function<Schema, Integer> act) {
    try (HikariDataSource connections = store.openDatabase()) {
      return act.apply(Schema.over(connections, prefix));
    } catch (PortFailure failed) {
      console.err().println(failed.getMessage());
      return 1;
    } catch (IllegalArgumentException wrongPrefix) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(wrongPrefix.getMessage()), wrongPrefix);
    }
  }

  private int updated(List<String> applied, boolean asJson) {
    if (asJson) {
      ObjectNode object = json.createObjectNode();
      applied.forEach(object.putArray("applied")::add);
      console.out().println(object);
    } else {
      applied.forEach(each -> console.out().println("applied " + each));
      console.out().println("The tables are up to date.");
    }
    return 0;
  }

  private int validated(List<String> problems, boolean asJson) {
    if (asJson) {
      ObjectNode object = json.createObjectNode().put("valid", problems.isEmpty());
      problems.forEach(object.putArray("problems")::add);
      console.out().println(object);
    } else {
      problems.forEach(console.out()::println);
      if (problems.isEmpty()) {
        console.out().println("The tables are up to date.");
      }
    }
    return problems.isEmpty() ? 0 : 1;
  }
}
