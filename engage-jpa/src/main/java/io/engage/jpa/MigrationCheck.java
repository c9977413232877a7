package io.engage.jpa;

import io.engage.jpa.MigrationTable.Applied;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares the migrations that a database has had with those that this program knows. */
final class MigrationCheck {
  private static final Pattern TABLE =
      Pattern.compile("^(create|drop) table (?:if (?:not )?exists )?(\\w+)");

  private final List<Migration> known;
  private final UnaryOperator<String> named;

  /**
   * @param named puts the host's prefix into the name of a table
   */
  MigrationCheck(List<Migration> known, UnaryOperator<String> named) {
    this.known = known;
    this.named = named;
  }

  /** What no further migration mends. */
  List<String> conflicts(List<Applied> applied) {
    Map<Integer, Migration> byNumber =
        known.stream().collect(Collectors.toMap(Migration::number, Function.identity()));
    List<String> found = new ArrayList<>();
    for (Applied each : applied) {
      Migration ours = byNumber.get(each.number());
      if (ours == null) {
        found.add(
            ("They have migration %d, '%s', of a newer Engage; this one knows %d. Run the newer"
                    + " program.")
                .formatted(each.number(), each.name(), newest()));
      } else if (!ours.checksum().equals(each.checksum())) {
        found.add(
            ("Migration %d, '%s', was applied with another text (checksum '%s') than this program"
                    + " has ('%s'). Run the program that applied it, or restore the database.")
                .formatted(each.number(), each.name(), each.checksum(), ours.checksum()));
      }
    }
    return found;
  }

  /** Everything that keeps this program from working with the tables. */
  List<String> problems(List<Applied> applied, Set<String> tables) {
    List<String> found = new ArrayList<>(conflicts(applied));
    Set<Integer> had = applied.stream().map(Applied::number).collect(Collectors.toSet());
    List<Migration> missing = known.stream().filter(each -> !had.contains(each.number())).toList();
    if (!missing.isEmpty()) {
      found.add(
          "They lack %s. Have them updated, or apply the printed scripts."
              .formatted(
                  missing.stream()
                      .map(each -> "migration %d, '%s'".formatted(each.number(), each.name()))
                      .collect(Collectors.joining(", "))));
    }
    known.stream()
        .filter(each -> had.contains(each.number()))
        .flatMap(each -> tablesOf(List.of(each)).stream())
        .filter(tablesOf(known)::contains)
        .map(named)
        .filter(each -> !tables.contains(each))
        .forEach(each -> found.add("There is no table '%s' in the schema in use.".formatted(each)));
    return found;
  }

  /** Those that are there after these migrations. */
  static Set<String> tablesOf(List<Migration> migrations) {
    Set<String> tables = new TreeSet<>();
    for (Migration migration : migrations) {
      for (String statement : migration.statements()) {
        Matcher matcher = TABLE.matcher(statement);
        if (matcher.find()) {
          if (matcher.group(1).equals("create")) {
            tables.add(matcher.group(2));
          } else {
            tables.remove(matcher.group(2));
          }
        }
      }
    }
    return tables;
  }

  private int newest() {
    return known.stream().mapToInt(Migration::number).max().orElse(0);
  }
}
