package io.engage.jpa;

import io.engage.jpa.Transactions.Work;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.sql.SQLException;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Hibernate 6.6 and 7. */
final class HibernatePersistence implements Persistence {

  static boolean made(@Nullable Object entityManager) {
    return entityManager instanceof Session;
  }

  /** An {@link SQLException} that it saw would come back as an exception of its own. */
  @Override
  public <T> T on(EntityManager open, Work<T> work) throws SQLException {
    Done<T> done =
        open.unwrap(Session.class)
            .doReturningWork(
                connection -> {
                  try {
                    return new Done<>(work.on(connection), Optional.empty());
                  } catch (SQLException failed) {
                    return new Done<>(null, Optional.of(failed));
                  }
                });
    return done.result();
  }

  /** A transaction that a container ends is not to be seen here. */
  @Override
  public boolean afterCommit(EntityManager open, Runnable action) {
    try {
      open.unwrap(Session.class).getTransaction().registerSynchronization(new Once(action));
      return true;
    } catch (IllegalStateException endedByContainer) {
      return false;
    }
  }

  private record Once(Runnable action) implements Synchronization {
    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        action.run();
      }
    }
  }

  private record Done<T>(@Nullable T value, Optional<SQLException> failure) {
    @SuppressWarnings("NullAway") // Whoever asks for nothing gets nothing.
    T result() throws SQLException {
      if (failure.isPresent()) {
        throw failure.get();
      }
      return value;
    }
  }
}
