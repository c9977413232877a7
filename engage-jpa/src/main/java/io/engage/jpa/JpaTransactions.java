package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of a host that uses Jakarta Persistence by itself: Hibernate, EclipseLink, or
 * another whose entity managers unwrap their {@link java.sql.Connection}. A host with Spring takes
 * {@link SpringTransactions}.
 *
 * <pre>{@code
 * JpaTransactions.over(factory).joining(() -> currentEntityManager())
 * }</pre>
 *
 * <p>Nothing of Engage is mapped: its statements go over the connection of the transaction that an
 * entity manager is in, beside what that writes when it is flushed.
 */
public final class JpaTransactions implements Transactions {
  private final Own own;
  private final Supplier<? extends @Nullable EntityManager> current;

  private JpaTransactions(Own own, Supplier<? extends @Nullable EntityManager> current) {
    this.own = own;
    this.current = current;
  }

  /** Over entity managers that this makes, uses and closes, with transactions of their own. */
  public static JpaTransactions over(EntityManagerFactory factory) {
    return new JpaTransactions(
        new OwnEntityManagers(requireNonNull(factory, "factory")), () -> null);
  }

  /**
   * With own transactions over a pool of connections instead: for persistence units whose
   * transactions a container ends. The pool must not take part in those.
   */
  public static JpaTransactions over(DataSource apart) {
    return new JpaTransactions(
        new OwnConnections(new DataSourceTransactions(requireNonNull(apart, "apart"))), () -> null);
  }

  /**
   * Takes part in the transaction in which the host's entity manager is, when it is in one.
   *
   * @param entityManager gives that of the calling thread, or null when it has none
   */
  public JpaTransactions joining(Supplier<? extends @Nullable EntityManager> entityManager) {
    return new JpaTransactions(own, requireNonNull(entityManager, "entityManager"));
  }

  @Override
  public boolean isOpen() {
    EntityManager host = current.get();
    return host != null && host.isOpen() && host.isJoinedToTransaction();
  }

  @Override
  public <T> T inOpen(Work<T> work) throws SQLException {
    EntityManager host = host();
    return Failures.unwrapping(
        PersistenceException.class, () -> Persistence.of(host).on(host, work));
  }

  @Override
  public void refuseCommit() {
    host().getTransaction().setRollbackOnly();
  }

  @Override
  public <T> T inOwn(Work<T> work) throws SQLException {
    return own.run(work);
  }

  @Override
  public <T> T asking(Work<T> question) throws SQLException {
    return own.ask(question);
  }

  @Override
  public void afterCommit(Runnable action) {
    if (!isOpen() || !Persistence.of(host()).afterCommit(host(), action)) {
      action.run();
    }
  }

  private EntityManager host() {
    return requireNonNull(current.get(), "The host has no entity manager");
  }

  /** Where transactions of our own come from. */
  private interface Own {
    <T> T run(Work<T> work) throws SQLException;

    <T> T ask(Work<T> question) throws SQLException;
  }

  private record OwnConnections(DataSourceTransactions pool) implements Own {
    @Override
    public <T> T run(Work<T> work) throws SQLException {
      return pool.inOwn(work);
    }

    @Override
    public <T> T ask(Work<T> question) throws SQLException {
      return pool.asking(question);
    }
  }

  private record OwnEntityManagers(EntityManagerFactory factory) implements Own {
    @Override
    public <T> T run(Work<T> work) throws SQLException {
      return Failures.unwrapping(
          PersistenceException.class,
          () -> {
            EntityManager ours = factory.createEntityManager();
            try {
              return committed(ours, work);
            } finally {
              ours.close();
            }
          });
    }

    /** Outside of a transaction not every provider has a connection. */
    @Override
    public <T> T ask(Work<T> question) throws SQLException {
      return run(question);
    }

    private static <T> T committed(EntityManager ours, Work<T> work) throws SQLException {
      EntityTransaction transaction = ours.getTransaction();
      transaction.begin();
      try {
        T result = Persistence.of(ours).on(ours, work);
        transaction.commit();
        return result;
      } finally {
        if (transaction.isActive()) {
          rollBack(transaction);
        }
      }
    }

    private static void rollBack(EntityTransaction transaction) {
      try {
        transaction.rollback();
      } catch (PersistenceException connectionIsGone) {
        // What was wrong is on its way already, and nothing can have been committed.
      }
    }
  }
}
