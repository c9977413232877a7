package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.jpa.JpaStorage.SchemaMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("PO-2")
class FlywayTest {
  @TempDir Path migrations;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_host_applies_the_printed_scripts_with_its_own_flyway(Dialect dialect) throws IOException {
    DataSource database = dialect == Dialect.H2 ? Databases.h2() : Databases.postgresql();
    for (Schema.Script each : Schema.scripts(dialect, "crm_")) {
      Files.writeString(migrations.resolve(each.fileName()), each.sql());
    }

    MigrateResult result =
        Flyway.configure()
            .dataSource(database)
            .locations("filesystem:" + migrations)
            .load()
            .migrate();

    assertThat(result.migrationsExecuted).isEqualTo(Migrations.of(dialect).size());
    assertThat(JpaStorage.over(database).prefix("crm_").schema(SchemaMode.VALIDATE).build())
        .isNotNull();
  }
}
