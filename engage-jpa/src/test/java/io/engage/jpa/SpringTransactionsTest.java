package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("PO-2")
class SpringTransactionsTest {
  private final DataSource database = Databases.h2();

  @Test
  void a_manager_that_hides_its_connection_is_refused_at_once() {
    try (Host host = SpringHost.hiding(database)) {
      assertThatThrownBy(() -> JpaStorage.over(host.transactions()).build())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("setDataSource");
    }
  }

  @Test
  void transactions_of_the_manager_over_another_data_source_are_refused() {
    DataSourceTransactionManager elsewhere = new DataSourceTransactionManager(Databases.h2());
    SpringTransactions transactions = SpringTransactions.over(elsewhere, database);

    new TransactionTemplate(elsewhere)
        .executeWithoutResult(
            status ->
                assertThatThrownBy(transactions::isOpen)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Give both the same"));
  }

  @Test
  void transactions_of_another_manager_are_none_of_ours() {
    SpringTransactions transactions =
        SpringTransactions.over(new DataSourceTransactionManager(database), database);

    new TransactionTemplate(new DataSourceTransactionManager(Databases.h2()))
        .executeWithoutResult(status -> assertThat(transactions.isOpen()).isFalse());
  }

  @Test
  void a_data_source_that_is_aware_of_transactions_is_looked_through() {
    DataSourceTransactionManager manager = new DataSourceTransactionManager(database);
    SpringTransactions transactions =
        SpringTransactions.over(manager, new TransactionAwareDataSourceProxy(database));

    new TransactionTemplate(manager)
        .executeWithoutResult(status -> assertThat(transactions.isOpen()).isTrue());
    assertThat(transactions.isOpen()).isFalse();
  }
}
