package io.engage.cli;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.Reconciliation;
import io.engage.files.SegmentBlobStore;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import io.engage.spi.MailAccessFailure;
import io.engage.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A process of its own in which a shop works: mail comes in, an agent reads and deletes, the server
 * is told. It may be killed at any moment; the next life begins a day later.
 */
final class ShopInChaos {
  static final AccountId ACCOUNT = AccountId.of("shop");
  private static final int MOST_ROUNDS = 200;

  private final Engage engage;
  private final ManualClock clock;
  private final Random random;

  private ShopInChaos(Engage engage, ManualClock clock, Random random) {
    this.engage = engage;
    this.clock = clock;
    this.random = random;
  }

  /**
   * @param arguments folder, IMAP port, number of the life, and "settle" in the last one; it prints
   *     a line for each thing that it has done
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int life = Integer.parseInt(arguments[2]);
    ManualClock clock =
        ManualClock.at(Instant.parse("2026-03-02T08:00:00Z").plus(Duration.ofDays(life)));
    MailAccount account =
        new MailAccount(
            ACCOUNT,
            "shop",
            ServerEndpoint.loopback(Integer.parseInt(arguments[1])),
            null,
            List.of("INBOX", "Archive"),
            MailAccount.SentCopies.BY_PROVIDER);
    try (OpenStore store = Surviving.open(Surviving.h2In(folder));
        SegmentBlobStore blobs = SegmentBlobStore.open(folder.resolve("blobs"));
        Engage engage =
            Engage.builder()
                .storage(store.storage())
                .blobs(blobs)
                .mail(
                    ImapMail.builder(
                            InMemoryCredentials.create()
                                .with(ACCOUNT, Credential.password("watch")))
                        .batches(256 * 1024, 50)
                        .build())
                .customers(InMemoryCustomerDirectory.create())
                .signingKeys(Secret.of("the same key in every life"))
                .clock(clock)
                .account(account)
                .inbox(Inbox.of("shop", "Shop", "shop@example.com", ACCOUNT))
                .build()) {
      ShopInChaos shop = new ShopInChaos(engage, clock, new Random(life));
      if (arguments.length > 3) {
        shop.settle();
      } else {
        shop.work();
      }
    }
    say("end");
  }

  private void work() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      sync();
      actAsAgent();
      engage.outbox().workOff();
      clock.advance(Duration.ofMinutes(2));
      say("round");
    }
  }

  private boolean sync() {
    try {
      engage.mail().sync(ACCOUNT, progress -> say("batch"));
      return true;
    } catch (MailAccessFailure cut) {
      say("cut");
      return false;
    }
  }

  private void actAsAgent() {
    AgentDesk clara = engage.deskOf(Agent.of("clara", "Clara Rossi"));
    List<Conversation> some =
        new ArrayList<>(clara.list(ConversationFilter.all(), Page.Request.first(300)).items());
    Collections.shuffle(some, random);
    for (Conversation each : some.subList(0, Math.min(6, some.size()))) {
      List<Message> messages =
          clara
              .messages(each.id(), Page.Request.first(20))
              .findValue()
              .map(Page::items)
              .orElse(List.of());
      if (!messages.isEmpty()) {
        act(clara, each, messages.get(random.nextInt(messages.size())));
      }
    }
  }

  private void act(AgentDesk clara, Conversation conversation, Message message) {
    switch (random.nextInt(4)) {
      case 0 -> clara.deleteMessages(List.of(message.id()));
      case 1 -> clara.markUnread(List.of(conversation.id()));
      default -> clara.open(message.id());
    }
    say("act");
  }

  /** Nobody changes anything any more: both sides have to become equal, and to stay so. */
  private void settle() {
    int quiet = 0;
    for (int round = 0; round < MOST_ROUNDS && quiet < 2; round++) {
      boolean synced = sync();
      int owed = engage.outbox().workOff();
      quiet = synced && owed == 0 ? quiet + 1 : 0;
      clock.advance(Duration.ofDays(2));
    }
    for (Reconciliation each : engage.mail().reconcile(ACCOUNT)) {
      say("reconciled " + each.different() + " " + each.repaired());
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
