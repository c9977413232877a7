package io.engage.jpa;

import jakarta.persistence.EntityManagerFactory;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.DefaultJpaDialect;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.vendor.EclipseLinkJpaDialect;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host with one of Spring's transaction managers. */
final class SpringHost implements Host {
  private final PlatformTransactionManager manager;
  private final DataSource connections;
  private final Seller seller;
  private final Runnable end;

  private SpringHost(
      PlatformTransactionManager manager, DataSource connections, Seller seller, Runnable end) {
    this.manager = manager;
    this.connections = connections;
    this.seller = seller;
    this.end = end;
  }

  static SpringHost overDataSource(DataSource connections) {
    return new SpringHost(
        new DataSourceTransactionManager(connections),
        connections,
        id -> insert(connections, id),
        () -> {});
  }

  static SpringHost overHibernate(DataSource connections) {
    return overJpa("hibernate", connections, new HibernateJpaDialect());
  }

  static SpringHost overEclipseLink(DataSource connections) {
    return overJpa("eclipselink", connections, new EclipseLinkJpaDialect());
  }

  /** One that does not show its connection. */
  static SpringHost hiding(DataSource connections) {
    return overJpa("hibernate", connections, new DefaultJpaDialect());
  }

  private static SpringHost overJpa(String unit, DataSource connections, JpaDialect dialect) {
    EntityManagerFactory factory = JpaHost.factory(unit, connections);
    JpaTransactionManager manager = new JpaTransactionManager(factory);
    manager.setDataSource(connections);
    manager.setJpaDialect(dialect);
    manager.afterPropertiesSet();
    return new SpringHost(
        manager,
        connections,
        id ->
            EntityManagerFactoryUtils.getTransactionalEntityManager(factory).persist(new Sale(id)),
        factory::close);
  }

  private static void insert(DataSource connections, String id) {
    try (PreparedStatement statement =
        DataSourceUtils.getConnection(connections)
            .prepareStatement("insert into sale values (?)")) {
      statement.setString(1, id);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Transactions transactions() {
    return SpringTransactions.over(manager, connections);
  }

  @Override
  public void inTransaction(Runnable work) {
    new TransactionTemplate(manager).executeWithoutResult(status -> work.run());
  }

  @Override
  public void inSpoiledTransaction(Runnable work) {
    new TransactionTemplate(manager)
        .executeWithoutResult(
            status -> {
              work.run();
              status.setRollbackOnly();
            });
  }

  @Override
  public void sell(String id) {
    seller.sell(id);
  }

  @Override
  public void close() {
    end.run();
  }

  private interface Seller {
    void sell(String id);
  }
}
