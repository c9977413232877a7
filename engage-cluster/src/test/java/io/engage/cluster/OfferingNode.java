package io.engage.cluster;

import io.engage.core.Engage;
import io.engage.core.QueueDesk;
import io.engage.imap.MimeFormat;
import io.engage.jpa.JpaStorage;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.Strategy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A process of its own that offers what waits, and whose agents take and complete it; it may be
 * killed at any moment.
 */
final class OfferingNode implements AutoCloseable {
  static final List<Agent> AGENTS =
      Stream.of("ana", "ben", "clara", "dirk", "emil", "fay")
          .map(name -> Agent.of(name, name))
          .toList();
  static final int MOST = 2;

  /** Everybody works in both, in one of them on one thing at a time. */
  static final List<Inbox> INBOXES =
      List.of(inbox("shop", Eligibility.NO_CALL), inbox("workshop", Eligibility.INTERACTION));

  final Engage engage;
  private final DatabaseClock clock;

  OfferingNode(DataSource database) {
    this.clock = DatabaseClock.over(database);
    Engage.Builder builder =
        Engage.builder()
            .storage(JpaStorage.over(database).schema(SchemaMode.NONE).build())
            .mail(InMemoryMail.create(MimeFormat.create(), Clock.systemUTC()))
            .blobs(InMemoryBlobStore.create())
            .customers(InMemoryCustomerDirectory.create())
            .account(ShopNode.ACCOUNT)
            .signingKeys(Secret.of("a key that nobody can guess"))
            .clock(clock);
    INBOXES.forEach(builder::inbox);
    this.engage = builder.build();
  }

  private static Inbox inbox(String id, Eligibility eligibility) {
    return Inbox.of(id, id, id + "@shop.example", ShopNode.ACCOUNT.id())
        .withSettings(
            InboxSettings.usual()
                .change()
                .members(AGENTS.stream().map(each -> new Member(each.id(), 0)).toList())
                .limits(new Limits(MOST, 1_000))
                .strategy(
                    Strategy.of(eligibility, Distribution.ROUND_ROBIN)
                        .withPatience(Duration.ofSeconds(2)))
                .build());
  }

  /**
   * @param arguments address of the database, name, numbers of the agents; it works until it is
   *     killed
   */
  public static void main(String[] arguments) throws IOException {
    DataSource database = Databases.at(arguments[0]);
    try (OfferingNode node = new OfferingNode(database);
        Cluster cluster =
            Cluster.over(database)
                .clock(node.clock)
                .name(arguments[1])
                .heartbeat(Duration.ofMillis(500))
                .look(Duration.ofMillis(200))
                .engage(node.engage)
                .start()) {
      Stream.of(arguments)
          .skip(2)
          .map(number -> AGENTS.get(Integer.parseInt(number)))
          .forEach(agent -> new Thread(() -> node.work(agent), agent.name()).start());
      System.out.println("at work");
      System.in.read();
    }
  }

  private void work(Agent agent) {
    QueueDesk desk = engage.deskOf(agent).queue();
    while (!Thread.currentThread().isInterrupted()) {
      desk.signIn();
      desk.endBreak();
      desk.offers().forEach(each -> desk.accept(each.id()));
      engage.deskOf(agent).complete(hers(agent).stream().map(Conversation::id).toList());
    }
  }

  /** Also what she had before her computer broke down. */
  private List<Conversation> hers(Agent agent) {
    return engage
        .deskOf(agent)
        .list(ConversationFilter.open().assignedTo(agent.id()), Page.Request.first(100))
        .items();
  }

  @Override
  public void close() {
    engage.close();
  }
}
