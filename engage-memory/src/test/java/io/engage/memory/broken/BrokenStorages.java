package io.engage.memory.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryStorage;
import io.engage.spi.Storage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs suites against storages that are broken, each in its way; who extends it names them. */
@Tag("PO-1")
abstract class BrokenStorages {

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_broken_storage_is_found_out(
      String fault, Class<?> suite, String test, UnaryOperator<Storage> breaking) {
    assertThat(Suite.failuresOf(suite, () -> breaking.apply(InMemoryStorage.create())))
        .as(fault)
        .contains(test);
  }
}
