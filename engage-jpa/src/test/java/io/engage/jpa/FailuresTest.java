package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.spi.EngageException;
import io.engage.spi.PortFailure;
import io.engage.spi.StaleVersion;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PO-2")
class FailuresTest {
  private static final String CUSTOMERS_WORDS = "Ana's hat is lost";

  @ParameterizedTest
  @CsvSource({
    "08006, true, was not reached",
    "57P01, true, was not reached",
    "40001, true, Others were in the way",
    "40P01, true, Others were in the way",
    "53100, true, no room left",
    "53300, true, too little",
    "57014, true, took too long",
    "25006, true, may only read",
    "28P01, false, refused the user",
    "42501, false, refused the user",
    "42P01, false, have the schema updated",
    "54000, false, too long",
    "22001, false, refused",
    "23502, false, refused"
  })
  void each_failure_says_whether_it_is_worth_another_try(
      String state, boolean retryable, String words) {
    EngageException failure = Failures.of(new SQLException(CUSTOMERS_WORDS, state));

    assertThat(failure)
        .isInstanceOfSatisfying(
            PortFailure.class, each -> assertThat(each.isRetryable()).isEqualTo(retryable))
        .hasMessageContaining(words)
        .hasMessageContaining(state)
        .hasNoCause();
    assertThat(failure.getMessage()).doesNotContain(CUSTOMERS_WORDS);
  }

  @Test
  void a_record_that_is_there_was_stored_by_somebody_faster() {
    assertThat(Failures.of(new SQLException(CUSTOMERS_WORDS, "23505")))
        .isInstanceOf(StaleVersion.class);
  }

  @Test
  void what_failed_in_a_batch_is_looked_for_behind_it() {
    BatchUpdateException batch = new BatchUpdateException();
    batch.setNextException(new SQLException(CUSTOMERS_WORDS, "40P01"));

    assertThat(Failures.wantsAnotherTry(batch)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "40003"})
  void whether_something_was_stored_is_unknown_when_the_connection_went_as_it_was_committed(
      String state) {
    assertThat(Failures.atCommit(new SQLException(CUSTOMERS_WORDS, state)))
        .hasMessageContaining("Whether it was stored is seen when it is read again");
  }

  @Test
  void a_commit_that_the_database_refuses_stored_nothing() {
    assertThat(Failures.atCommit(new SQLException(CUSTOMERS_WORDS, "53100")))
        .hasMessageContaining("Nothing was stored");
  }

  @Test
  void an_exhausted_pool_is_called_so() {
    EngageException failure = Failures.of(new SQLTransientConnectionException("timed out"));

    assertThat(failure).hasMessageContaining("Give its pool more connections");
  }

  @Test
  void what_failed_in_the_database_is_found_in_what_a_library_made_of_it() {
    SQLException failed = new SQLException("refused", "53100");

    assertThatThrownBy(
            () ->
                Failures.unwrapping(
                    IllegalStateException.class,
                    () -> {
                      throw new IllegalArgumentException(new RuntimeException(failed));
                    }))
        .isSameAs(failed);
  }

  @Test
  void a_mistake_of_our_own_stays_one() {
    assertThatThrownBy(
            () ->
                Failures.unwrapping(
                    IllegalStateException.class,
                    () -> {
                      throw new NullPointerException("conversation");
                    }))
        .isInstanceOf(NullPointerException.class);
  }
}
