package io.engage.cluster;

import io.engage.core.Engage;
import io.engage.dialer.Dialer;
import io.engage.imap.ImapMail;
import io.engage.jpa.JpaStorage;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import javax.sql.DataSource;

/** A process of its own that dials; it may be killed or stalled at any moment. */
final class DialingNode implements AutoCloseable {
  /** How many recipients are marked at once, and so may be in doubt for each connection. */
  static final int GROUP = 5;

  static final Duration LEASE = Duration.ofSeconds(4);

  final Engage engage;
  final Dialer dialer;
  private final DatabaseClock clock;

  DialingNode(DataSource database, int smtpPort) {
    this.clock = DatabaseClock.over(database);
    MailAccount account =
        new MailAccount(
            ShopNode.ACCOUNT.id(),
            "shop",
            null,
            ServerEndpoint.loopback(smtpPort),
            ShopNode.ACCOUNT.folders(),
            MailAccount.SentCopies.BY_PROVIDER);
    this.engage =
        Engage.builder()
            .storage(JpaStorage.over(database).schema(SchemaMode.NONE).build())
            .mail(
                ImapMail.create(
                    InMemoryCredentials.create().with(account.id(), Credential.password("watch"))))
            .blobs(InMemoryBlobStore.create())
            .customers(InMemoryCustomerDirectory.create())
            .account(account)
            .inbox(Inbox.of("shop", "Bike shop", "hello@shop.example", account.id()))
            .signingKeys(Secret.of("a key that nobody can guess"))
            .publicUrl(URI.create("https://shop.example/engage"))
            .clock(clock)
            .build();
    this.dialer = Dialer.builder(engage).claimAtOnce(40).markAtOnce(GROUP).lease(LEASE).build();
  }

  /**
   * @param arguments address of the database, port of the server, name; it works until it is killed
   *     or its input ends
   */
  public static void main(String[] arguments) throws IOException {
    DataSource database = Databases.at(arguments[0]);
    try (DialingNode node = new DialingNode(database, Integer.parseInt(arguments[1]));
        Cluster cluster =
            Cluster.over(database)
                .clock(node.clock)
                .name(arguments[2])
                .heartbeat(Duration.ofMillis(500))
                .look(Duration.ofMillis(200))
                .engage(node.engage)
                .dialer(node.dialer)
                .start()) {
      System.out.println("at work");
      System.in.read();
    }
  }

  @Override
  public void close() {
    dialer.close();
    engage.close();
  }
}
