package io.engage.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A host that uses Jakarta Persistence by itself. */
final class JpaHost implements Host {
  private final EntityManagerFactory factory;
  private final ThreadLocal<@Nullable EntityManager> current = new ThreadLocal<>();

  JpaHost(String unit, DataSource connections) {
    this.factory = factory(unit, connections);
  }

  static EntityManagerFactory factory(String unit, DataSource connections) {
    return jakarta.persistence.Persistence.createEntityManagerFactory(
        unit,
        Map.of(
            "jakarta.persistence.nonJtaDataSource",
            connections,
            "eclipselink.session-name",
            "session-" + System.identityHashCode(connections)));
  }

  @Override
  public Transactions transactions() {
    return JpaTransactions.over(factory).joining(current::get);
  }

  @Override
  public void inTransaction(Runnable work) {
    run(work, false);
  }

  @Override
  public void inSpoiledTransaction(Runnable work) {
    run(work, true);
  }

  private void run(Runnable work, boolean spoiled) {
    EntityManager manager = factory.createEntityManager();
    current.set(manager);
    EntityTransaction transaction = manager.getTransaction();
    transaction.begin();
    try {
      work.run();
      if (spoiled) {
        transaction.setRollbackOnly();
        transaction.rollback();
      } else {
        transaction.commit();
      }
    } finally {
      if (transaction.isActive()) {
        transaction.rollback();
      }
      current.remove();
      manager.close();
    }
  }

  @Override
  public void sell(String id) {
    current.get().persist(new Sale(id));
  }

  @Override
  public void close() {
    factory.close();
  }
}
