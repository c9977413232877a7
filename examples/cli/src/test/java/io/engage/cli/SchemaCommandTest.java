package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("PO-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaCommandTest {
  @TempDir private Path folder;

  @Test
  void the_scripts_are_printed_under_their_names_with_the_prefix() {
    Ran ran = schema("print", "--database", "postgresql", "--prefix", "crm_");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .startsWith("-- V1__conversations.sql")
        .contains("create table crm_conversation")
        .doesNotContain("engage_");
  }

  @Test
  void each_script_is_an_object_for_programs() {
    Ran ran = schema("print", "--database", "h2", "--json");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.objects().get(0).get("file").asText()).isEqualTo("V1__conversations.sql");
    assertThat(ran.objects())
        .allSatisfy(each -> assertThat(each.get("sql").asText()).contains("engage_migration"));
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void an_empty_database_is_found_wanting_updated_and_found_valid(StoreKind kind)
      throws IOException {
    List<String> store = kind.options(folder);

    Ran before = schema(store, "validate");
    Ran update = schema(store, "update");
    Ran after = schema(store, "validate");

    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.out()).contains("They lack migration 1, 'conversations'");
    assertThat(update.exitCode()).isZero();
    assertThat(update.out()).startsWith("applied conversations").contains("up to date");
    assertThat(after.exitCode()).isZero();
    assertThat(after.out()).isEqualToNormalizingNewlines("The tables are up to date.\n");
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void tables_of_another_prefix_are_others(StoreKind kind) throws IOException {
    List<String> store = kind.options(folder);

    Ran update = schema(store, "update", "--prefix", "crm_");
    Ran usual = schema(store, "validate");
    Ran others = schema(store, "validate", "--prefix", "crm_");

    assertThat(update.exitCode()).isZero();
    assertThat(usual.exitCode()).isEqualTo(1);
    assertThat(others.exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void programs_read_what_was_applied_and_what_is_wrong(StoreKind kind) throws IOException {
    List<String> store = kind.options(folder);

    Ran before = schema(store, "validate", "--json");
    Ran update = schema(store, "update", "--json");

    assertThat(before.objects().get(0).get("valid").asBoolean()).isFalse();
    assertThat(before.objects().get(0).get("problems")).isNotEmpty();
    assertThat(update.objects().get(0).get("applied").get(0).asText()).isEqualTo("conversations");
  }

  @Test
  void what_is_not_understood_is_said() {
    assertThat(schema("print", "--database", "access").exitCode()).isEqualTo(2);
    assertThat(schema("print", "--database", "h2", "--prefix", "a-b").exitCode()).isEqualTo(2);
    assertThat(schema("update").exitCode()).isEqualTo(2);
    assertThat(schema("update").err()).contains("Only a database has tables");
    assertThat(schema("validate", "--store", database(), "--prefix", "a-b").exitCode())
        .isEqualTo(2);
  }

  @Test
  void a_database_that_is_away_is_said_to_be() {
    Ran ran = schema("validate", "--store", "jdbc:h2:tcp://localhost:1/nowhere");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("The database does not let us in");
  }

  private String database() {
    return "jdbc:h2:" + folder.resolve("shop");
  }

  private static Ran schema(List<String> store, String... arguments) {
    return schema(StoreKind.with(store, arguments));
  }

  private static Ran schema(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "schema";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Ran.engage("", all);
  }
}
