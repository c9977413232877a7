package io.engage.jpa;

import io.engage.jpa.Transactions.Work;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;
import org.eclipse.persistence.sessions.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** EclipseLink 4. */
final class EclipseLinkPersistence implements Persistence {

  static boolean made(@Nullable Object entityManager) {
    return entityManager != null
        && entityManager.getClass().getName().startsWith("org.eclipse.persistence.");
  }

  /** Its transaction begins in the database when the connection is asked for, at the latest. */
  @Override
  public <T> T on(EntityManager open, Work<T> work) throws SQLException {
    return work.on(open.unwrap(Connection.class));
  }

  @Override
  public boolean afterCommit(EntityManager open, Runnable action) {
    UnitOfWork unit = open.unwrap(UnitOfWork.class);
    unit.getEventManager().addListener(new Once(unit, action));
    return true;
  }

  /** One that is rolled back is thrown away, and its listeners with it. */
  private static final class Once extends SessionEventAdapter {
    private final UnitOfWork unit;
    private final Runnable action;

    Once(UnitOfWork unit, Runnable action) {
      this.unit = unit;
      this.action = action;
    }

    @Override
    public void postCommitUnitOfWork(SessionEvent event) {
      unit.getEventManager().removeListener(this);
      action.run();
    }
  }
}
