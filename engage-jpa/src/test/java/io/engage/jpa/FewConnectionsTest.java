package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Hosts whose threads have all the connections of a pool in transactions of their own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
class FewConnectionsTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int BOTH = 2;
  private static final Instant NOON = Sample.MONDAY;

  private final String url =
      "jdbc:h2:mem:few%d;DB_CLOSE_DELAY=-1".formatted(NUMBER.incrementAndGet());
  private final HikariDataSource hosts = pool();
  private final HikariDataSource second = pool();
  private final CyclicBarrier allConnectionsAreTaken = new CyclicBarrier(BOTH);
  private final CyclicBarrier allHaveTried = new CyclicBarrier(BOTH);
  private final AtomicInteger threads = new AtomicInteger();

  @AfterEach
  void close() {
    hosts.close();
    second.close();
  }

  @Test
  void two_threads_in_springs_transactions_on_a_pool_of_two_need_not_wait_for_each_other() {
    DataSourceTransactionManager manager = new DataSourceTransactionManager(hosts);
    Storage storage =
        JpaStorage.over(SpringTransactions.over(manager, hosts).apart(second)).build();

    List<Boolean> taken = Race.run(BOTH, () -> takesLeaseInTransaction(manager, storage));

    assertThat(taken).containsOnly(true);
  }

  @Test
  void with_one_pool_for_both_they_are_told_to_try_again() {
    DataSourceTransactionManager manager = new DataSourceTransactionManager(hosts);
    Storage storage = JpaStorage.over(SpringTransactions.over(manager, hosts)).build();

    List<Boolean> taken = Race.run(BOTH, () -> takesLeaseInTransaction(manager, storage));

    assertThat(taken).containsOnly(false);
  }

  @Test
  void what_a_second_pool_stores_at_once_stays_when_the_host_rolls_back() {
    DataSourceTransactionManager manager = new DataSourceTransactionManager(hosts);
    Storage storage =
        JpaStorage.over(SpringTransactions.over(manager, hosts).apart(second)).build();

    new TransactionTemplate(manager)
        .executeWithoutResult(
            status -> {
              storage.leases().acquire("shop", "here", NOON, NOON.plusSeconds(60));
              status.setRollbackOnly();
            });

    assertThat(storage.leases().acquire("shop", "there", NOON, NOON.plusSeconds(60))).isEmpty();
  }

  private boolean takesLeaseInTransaction(DataSourceTransactionManager manager, Storage storage) {
    String name = "shop-" + threads.incrementAndGet();
    return Boolean.TRUE.equals(
        new TransactionTemplate(manager)
            .execute(
                status -> {
                  await(allConnectionsAreTaken);
                  boolean taken = takesLease(storage, name);
                  await(allHaveTried);
                  return taken;
                }));
  }

  private static boolean takesLease(Storage storage, String name) {
    try {
      return storage.leases().acquire(name, "here", NOON, NOON.plusSeconds(60)).isPresent();
    } catch (PortFailure poolIsEmpty) {
      assertThat(poolIsEmpty.isRetryable()).isTrue();
      return false;
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("The other thread has not come", e);
    }
  }

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(BOTH);
    config.setConnectionTimeout(1_000);
    return new HikariDataSource(config);
  }
}
