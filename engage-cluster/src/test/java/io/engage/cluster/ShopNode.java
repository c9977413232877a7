package io.engage.cluster;

import io.engage.core.Engage;
import io.engage.dialer.Dialer;
import io.engage.jpa.JpaStorage;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import java.net.URI;
import java.time.Duration;
import javax.sql.DataSource;

/** One of the machines of a bicycle shop. */
final class ShopNode implements AutoCloseable {
  static final MailAccount ACCOUNT =
      MailAccount.of("shop", "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  static final Inbox SHOP = Inbox.of("shop", "Bike shop", "hello@shop.example", ACCOUNT.id());

  final String name;
  final Ice ice = new Ice();
  final Engage engage;
  final Dialer dialer;
  private final Cluster cluster;

  ShopNode(String name, DataSource database, InMemoryMail mail, InMemoryBlobStore blobs) {
    this.name = name;
    DataSource connections = ice.around(database);
    DatabaseClock clock = DatabaseClock.over(connections);
    this.engage =
        Engage.builder()
            .storage(JpaStorage.over(connections).schema(SchemaMode.NONE).build())
            .mail(mail)
            .blobs(blobs)
            .customers(InMemoryCustomerDirectory.create())
            .account(ACCOUNT)
            .inbox(SHOP)
            .signingKeys(Secret.of("a key that nobody can guess"))
            .publicUrl(URI.create("https://shop.example/engage"))
            .clock(clock)
            .build();
    this.dialer = Dialer.builder(engage).claimAtOnce(20).markAtOnce(5).build();
    this.cluster =
        Cluster.over(connections)
            .clock(clock)
            .name(name)
            .heartbeat(Duration.ofMillis(500))
            .look(Duration.ofMillis(200))
            .engage(engage)
            .dialer(dialer)
            .start();
  }

  @Override
  public void close() {
    ice.melt();
    cluster.close();
    dialer.close();
    engage.close();
  }
}
