package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PO-2")
class MigrationTest {
  private static final Pattern REPEATABLE =
      Pattern.compile(
          "^(?:(?:create|alter|drop) .*\\bif (?:not )?exists\\b|merge into |insert .*\\bnot"
              + " exists).*",
          Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("\\bengage_(\\w+)");

  @Test
  void statements_end_with_a_semicolon_at_the_end_of_a_line() {
    Migration migration =
        Migration.parse(
            "0007_tills.sql",
            "-- What is sold; and where.\ncreate table till (\n  id text\n);\n\ndrop table shop;");

    assertThat(migration)
        .isEqualTo(
            new Migration(
                7, "tills", List.of("create table till (\n  id text\n)", "drop table shop")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into till values ('a;b');",
        "create function f() as $$ begin end $$;",
        "create table till (id text -- its number\n);",
        "create table till /* old */ (id text);",
        "insert into till values ('a\nb');"
      })
  void what_could_be_misread_is_refused(String text) {
    assertThatThrownBy(() -> Migration.parse("0007_tills.sql", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0007_tills.sql");
  }

  @Test
  void comments_and_empty_lines_do_not_change_the_checksum_but_words_do() {
    Migration migration = Migration.parse("0007_tills.sql", "create table till (id text);\n");

    assertThat(Migration.parse("0007_tills.sql", "-- Tills.\n\ncreate table till (id text);\n"))
        .extracting(Migration::checksum)
        .isEqualTo(migration.checksum());
    assertThat(Migration.parse("0007_tills.sql", "create table till (id integer);\n").checksum())
        .isNotEqualTo(migration.checksum());
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void our_files_are_numbered_without_gaps_and_can_be_read(Dialect dialect) {
    List<Migration> all = Migrations.of(dialect);

    assertThat(all).extracting(Migration::number).isSorted().doesNotHaveDuplicates().startsWith(1);
  }

  /** Where it has no statement that waits as PostgreSQL's do, it needs a row to wait for. */
  @Test
  void h2_has_the_tables_of_postgresql_and_at_most_something_to_wait_for() {
    assertThat(MigrationCheck.tablesOf(Migrations.of(Dialect.H2)))
        .filteredOn(each -> !each.endsWith("_gate"))
        .containsExactlyElementsOf(MigrationCheck.tablesOf(Migrations.of(Dialect.POSTGRESQL)))
        .contains("engage_conversation", "engage_message");
  }

  /** H2 commits before each of them, so a migration that is cut short begins again. */
  @Test
  void each_statement_for_h2_bears_being_run_again() {
    List<String> statements =
        Migrations.of(Dialect.H2).stream().flatMap(each -> each.statements().stream()).toList();

    assertThat(statements).allMatch(each -> REPEATABLE.matcher(each).matches());
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void no_name_is_longer_than_postgresql_bears_with_the_longest_prefix(Dialect dialect) {
    List<String> names =
        Migrations.of(dialect).stream()
            .flatMap(each -> each.statements().stream())
            .flatMap(each -> NAME.matcher(each).results().map(found -> found.group(1)))
            .toList();

    assertThat(names).isNotEmpty().allMatch(each -> each.length() + Prefix.LONGEST <= 63);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void everything_that_is_made_has_the_prefix(Dialect dialect) {
    Pattern made =
        Pattern.compile(
            "^create (?:unique )?(?:table|index|sequence) (?:if not exists )?(\\w+)(?: on"
                + " (\\w+))?");

    assertThat(
            Migrations.of(dialect).stream()
                .flatMap(each -> each.statements().stream())
                .filter(each -> each.startsWith("create ")))
        .allSatisfy(
            each ->
                assertThat(made.matcher(each).results().findFirst())
                    .hasValueSatisfying(found -> assertThat(found.group(1)).startsWith("engage_")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Engage_", "1_", "a-b", "a.b", "x;drop", "twenty_one_characters"})
  void a_prefix_that_is_no_name_is_refused(String prefix) {
    assertThatThrownBy(() -> Prefix.checked(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(prefix);
  }
}
