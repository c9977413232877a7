package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of a host that uses Spring: those of a {@code JpaTransactionManager}, a {@code
 * DataSourceTransactionManager}, a {@code JdbcTransactionManager} or, over a data source that takes
 * part in them, a {@code JtaTransactionManager}.
 *
 * <pre>{@code
 * @Bean
 * Storage storage(PlatformTransactionManager manager, DataSource dataSource) {
 *   return JpaStorage.over(SpringTransactions.over(manager, dataSource)).build();
 * }
 * }</pre>
 *
 * <p>Leases, claims, bytes and tokens are stored at once, beside what the host has open: a thread
 * that is in a transaction of the host then needs a second connection. When as many threads as the
 * pool has connections are in one, none of them gets it. So give the pool more connections than
 * threads are in transactions at a time, or a pool {@linkplain #apart} for the second ones.
 */
public final class SpringTransactions implements Transactions {
  private final PlatformTransactionManager manager;
  private final DataSource connections;
  private final @Nullable DataSourceTransactions apart;

  private SpringTransactions(
      PlatformTransactionManager manager,
      DataSource connections,
      @Nullable DataSourceTransactions apart) {
    this.manager = manager;
    this.connections = connections;
    this.apart = apart;
  }

  /**
   * Over the data source of a transaction manager.
   *
   * @param connections the same that the manager, or its entity manager factory, works on
   */
  public static SpringTransactions over(
      PlatformTransactionManager manager, DataSource connections) {
    return new SpringTransactions(
        requireNonNull(manager, "manager"), bare(requireNonNull(connections, "connections")), null);
  }

  /**
   * With transactions of our own over a second pool of connections to the same database, of which
   * the host uses none: so that threads which have all connections of the first one in transactions
   * of theirs need not wait for each other. The pool must not take part in those transactions.
   */
  public SpringTransactions apart(DataSource pool) {
    return new SpringTransactions(
        manager, connections, new DataSourceTransactions(bare(requireNonNull(pool, "pool"))));
  }

  /** The transaction manager binds its connection to what is below a proxy. */
  private static DataSource bare(DataSource connections) {
    return connections instanceof TransactionAwareDataSourceProxy proxy
            && proxy.getTargetDataSource() != null
        ? proxy.getTargetDataSource()
        : connections;
  }

  @Override
  public boolean isOpen() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      return false;
    }
    if (TransactionSynchronizationManager.hasResource(connections)) {
      return true;
    }
    if (manager instanceof ResourceTransactionManager ofResource) {
      return refusesHiddenConnection(ofResource);
    }
    return true;
  }

  /** Else what the host rolls back would stay here. One of another manager is none of ours. */
  private static boolean refusesHiddenConnection(ResourceTransactionManager manager) {
    if (TransactionSynchronizationManager.hasResource(manager.getResourceFactory())) {
      throw hidden();
    }
    return false;
  }

  private static IllegalStateException hidden() {
    return new IllegalStateException(
        "The open transaction is one of the transaction manager that Engage was given, but its"
            + " connection is not one of the data source that Engage was given. Give both the"
            + " same; a JpaTransactionManager needs it by setDataSource, and a JpaDialect such as"
            + " HibernateJpaDialect.");
  }

  @Override
  public <T> T inOpen(Work<T> work) throws SQLException {
    Connection connection = DataSourceUtils.doGetConnection(connections);
    try {
      return work.on(connection);
    } finally {
      DataSourceUtils.releaseConnection(connection, connections);
    }
  }

  @Override
  public void refuseCommit() {
    manager.rollback(
        manager.getTransaction(
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_MANDATORY)));
  }

  @Override
  public <T> T inOwn(Work<T> work) throws SQLException {
    return apart != null
        ? apart.inOwn(work)
        : Failures.unwrapping(NestedRuntimeException.class, () -> committed(work));
  }

  private <T> T committed(Work<T> work) throws SQLException {
    TransactionStatus own =
        manager.getTransaction(
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
    T result;
    try {
      result = inShown(work);
    } catch (Throwable failed) {
      rollBack(own, failed);
      throw failed;
    }
    manager.commit(own);
    return result;
  }

  private <T> T inShown(Work<T> work) throws SQLException {
    if (!isOpen()) {
      throw hidden();
    }
    return inOpen(work);
  }

  private void rollBack(TransactionStatus own, Throwable failed) {
    try {
      manager.rollback(own);
    } catch (RuntimeException connectionIsGone) {
      failed.addSuppressed(connectionIsGone);
    }
  }

  @Override
  public <T> T asking(Work<T> question) throws SQLException {
    DataSourceTransactions pool = apart != null ? apart : new DataSourceTransactions(connections);
    return pool.asking(question);
  }

  @Override
  public void afterCommit(Runnable action) {
    if (isOpen() && TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              action.run();
            }
          });
    } else {
      action.run();
    }
  }
}
