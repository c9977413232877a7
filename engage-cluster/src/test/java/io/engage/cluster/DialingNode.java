package io.engage.cluster;

import io.engage.core.Engage;
import io.engage.dialer.Dialer;
import io.engage.imap.ImapMail;
import io.engage.jpa.JpaStorage;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.testkit.peers.Dovecot;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * A process of its own that dials, and brings in the mail of a bicycle shop and of its workshop; it
 * may be killed or stalled at any moment.
 */
final class DialingNode implements AutoCloseable {
  static final AccountId SHOP = ShopNode.ACCOUNT.id();
  static final AccountId WORKSHOP = AccountId.of("workshop");

  /** How many recipients are marked at once, and so may be in doubt for each connection. */
  static final int GROUP = 5;

  static final Duration LEASE = Duration.ofSeconds(6);

  final JpaStorage storage;
  final Engage engage;
  final Dialer dialer;
  private final DatabaseClock clock;

  DialingNode(DataSource database, int smtpPort, int imapPort) {
    this.clock = DatabaseClock.over(database);
    this.storage = JpaStorage.over(database).schema(SchemaMode.NONE).build();
    MailAccount shop = account(SHOP, smtpPort, imapPort);
    MailAccount workshop = account(WORKSHOP, smtpPort, imapPort);
    this.engage =
        Engage.builder()
            .storage(storage)
            .blobs(storage.blobs())
            .mail(
                ImapMail.create(
                    InMemoryCredentials.create()
                        .with(SHOP, Credential.password(Dovecot.PASSWORD))
                        .with(WORKSHOP, Credential.password(Dovecot.PASSWORD))))
            .customers(InMemoryCustomerDirectory.create())
            .account(shop)
            .account(workshop)
            .inbox(Inbox.of("shop", "Bike shop", "hello@shop.example", SHOP))
            .inbox(Inbox.of("workshop", "Workshop", "workshop@shop.example", WORKSHOP))
            .signingKeys(Secret.of("a key that nobody can guess"))
            .publicUrl(URI.create("https://shop.example/engage"))
            .clock(clock)
            .build();
    this.dialer = Dialer.builder(engage).claimAtOnce(40).markAtOnce(GROUP).lease(LEASE).build();
  }

  private static MailAccount account(AccountId id, int smtpPort, int imapPort) {
    return new MailAccount(
        id,
        id.value(),
        ServerEndpoint.loopback(imapPort),
        ServerEndpoint.loopback(smtpPort),
        List.of("INBOX"),
        MailAccount.SentCopies.BY_PROVIDER);
  }

  /**
   * @param arguments address of the database, ports of the servers for SMTP and IMAP, name; it
   *     works until it is killed or its input ends
   */
  public static void main(String[] arguments) throws IOException {
    DataSource database = Databases.at(arguments[0]);
    try (DialingNode node =
            new DialingNode(
                database, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Cluster cluster =
            Cluster.over(database)
                .clock(node.clock)
                .name(arguments[3])
                .heartbeat(Duration.ofSeconds(1))
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
