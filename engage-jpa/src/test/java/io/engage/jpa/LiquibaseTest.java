package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.jpa.JpaStorage.SchemaMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("PO-2")
class LiquibaseTest {
  private static final Logger LIQUIBASE = Logger.getLogger("liquibase");
  private static final Map<String, Object> QUIETLY = quietly();

  @TempDir Path migrations;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_host_applies_the_printed_scripts_with_its_own_liquibase(Dialect dialect) throws Exception {
    DataSource database = Databases.of(dialect);
    List<Schema.Script> scripts = Schema.scripts(dialect, "crm_");
    for (Schema.Script each : scripts) {
      Files.writeString(migrations.resolve(each.fileName()), each.sql());
    }
    Files.writeString(migrations.resolve("changelog.xml"), changelog(scripts));

    update(database);
    update(database);

    assertThat(Rows.in(database, "databasechangelog")).isEqualTo(scripts.size());
    assertThat(JpaStorage.over(database).prefix("crm_").schema(SchemaMode.VALIDATE).build())
        .isNotNull();
  }

  private static String changelog(List<Schema.Script> scripts) {
    return scripts.stream()
        .map(
            each ->
                """
                <changeSet id="engage-%d" author="engage">
                  <sqlFile path="%s" relativeToChangelogFile="true"/>
                </changeSet>
                """
                    .formatted(each.number(), each.fileName()))
        .collect(
            Collectors.joining(
                "",
                """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                    http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                """,
                "</databaseChangeLog>\n"));
  }

  private void update(DataSource database) throws Exception {
    try (Connection connection = database.getConnection();
        DirectoryResourceAccessor files = new DirectoryResourceAccessor(migrations);
        Liquibase liquibase =
            new Liquibase("changelog.xml", files, new JdbcConnection(connection))) {
      liquibase.setShowSummary(UpdateSummaryEnum.OFF);
      Scope.child(QUIETLY, () -> liquibase.update(""));
    }
  }

  /** Without a word, neither here nor to whoever counts its users. */
  private static Map<String, Object> quietly() {
    LoggerUIService words = new LoggerUIService();
    words.setStandardLogLevel(Level.FINE);
    LIQUIBASE.setLevel(Level.WARNING);
    return Map.of(Scope.Attr.ui.name(), words, "liquibase.analytics.enabled", false);
  }
}
