package io.engage.dialer;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

@AnalyzeClasses(packages = "io.engage.dialer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOMS = "io.engage.dialer.*..";

  @ArchTest
  static final ArchRule rooms_touch_nothing_outside =
      noClasses()
          .that()
          .resideInAPackage(ROOMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.engage.spi",
              "io.engage.core",
              "io.engage.dialer",
              "org.slf4j..",
              "java.io..",
              "java.net..",
              "java.nio.file..",
              "java.sql..");

  @ArchTest
  static final ArchRule rooms_are_told_time_and_ids =
      noClasses()
          .that()
          .resideInAPackage(ROOMS)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule only_rendering_knows_other_rooms_and_all_may_name =
      slices()
          .matching("io.engage.dialer.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(resideInAPackage("io.engage.dialer.rendering"), alwaysTrue())
          .ignoreDependency(alwaysTrue(), resideInAPackage("io.engage.dialer.naming"));

  @ArchTest
  static final ArchRule nothing_static_changes =
      noFields().that().areStatic().should().notBeFinal();
}
