package io.engage.jpa;

import io.engage.jpa.Transactions.Work;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a provider of Jakarta Persistence does in a way of its own. None of them has to be there.
 */
interface Persistence {

  /** Runs work on the connection of the transaction that an entity manager is in. */
  <T> T on(EntityManager open, Work<T> work) throws SQLException;

  /**
   * Has an action run after the transaction has ended well.
   *
   * @return false when the provider does not show how it ends
   */
  boolean afterCommit(EntityManager open, Runnable action);

  /** That of an entity manager. */
  static Persistence of(EntityManager open) {
    Object provided = open.getDelegate();
    if (isThere("org.hibernate.Session") && HibernatePersistence.made(provided)) {
      return new HibernatePersistence();
    }
    return isThere("org.eclipse.persistence.sessions.UnitOfWork")
            && EclipseLinkPersistence.made(provided)
        ? new EclipseLinkPersistence()
        : new OtherPersistence();
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, Persistence.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  /** Most providers unwrap the connection; those that do not are named. */
  final class OtherPersistence implements Persistence {
    @Override
    public <T> T on(EntityManager open, Work<T> work) throws SQLException {
      return work.on(open.unwrap(Connection.class));
    }

    @Override
    public boolean afterCommit(EntityManager open, Runnable action) {
      return false;
    }
  }
}
