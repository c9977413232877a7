package io.engage.stories;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.OpenedMessage;
import io.engage.core.Outcome;
import io.engage.core.Shop;
import io.engage.core.SyncReport;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryAppointments;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryPermissions;
import io.engage.memory.InMemorySmsGateway;
import io.engage.memory.InMemoryStorage;
import io.engage.memory.InMemoryToDos;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The shop's Engage between real servers, with everything else in memory, and short words for what
 * happens. It begins with no account and no inbox: the administrator sets all up.
 */
final class RealStreet implements AutoCloseable {
  static final Agent BOSS = Agent.of("boss", "Berta Keller");

  final ManualClock clock = ManualClock.at(Shop.MORNING);
  final PostOffice post = PostOffice.start();
  final InMemoryCredentials credentials = InMemoryCredentials.create();
  final InMemoryStorage storage = InMemoryStorage.create();
  final InMemoryCustomerDirectory directory = InMemoryCustomerDirectory.create();
  final InMemoryPermissions permissions = InMemoryPermissions.allowing();
  final InMemoryToDos toDos = InMemoryToDos.create();
  final InMemoryAppointments appointments = InMemoryAppointments.create();
  final InMemorySmsGateway gateway = InMemorySmsGateway.create();
  final Engage engage;

  RealStreet() {
    this((street, builder) -> builder);
  }

  /** One whose host gives more. */
  RealStreet(BiFunction<RealStreet, Engage.Builder, Engage.Builder> specials) {
    this.engage =
        specials
            .apply(
                this,
                Engage.builder()
                    .storage(storage)
                    .blobs(InMemoryBlobStore.create())
                    .mail(ImapMail.create(credentials))
                    .customers(directory)
                    .permissions(permissions)
                    .toDos(toDos)
                    .appointments(appointments)
                    .sms(gateway)
                    .signingKeys(Shop.KEY)
                    .authenticationServers("mx.shop.example")
                    .smsByMail("US", "gateway.example")
                    .clock(clock))
            .build();
  }

  /** A mail account of the post office. */
  MailAccount account(String user) {
    return MailAccount.of(user, user, post.imap(), post.smtp());
  }

  /** Somebody's mail arrives in a mailbox of the shop, a second after the last one. */
  void arrives(String user, Letter letter) {
    clock.advance(Duration.ofSeconds(1));
    post.deliver(user, letter.writtenAt(clock.instant()), clock.instant());
  }

  SyncReport sync(AccountId account) {
    clock.advance(Duration.ofSeconds(1));
    SyncReport report = engage.mail().sync(account);
    clock.advance(Duration.ofSeconds(1));
    return report;
  }

  /** What waits goes out, and the outbox is empty then. */
  void workOff() {
    engage.outbox().workOff();
  }

  /** The time in which a mail can be taken back ends, and it goes out. */
  void afterTheWindow() {
    clock.advance(Duration.ofSeconds(10));
    workOff();
  }

  Inbox inbox(InboxId id) {
    return engage.inboxes().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  static List<Conversation> open(AgentDesk desk) {
    return list(desk, ConversationFilter.open());
  }

  static List<Conversation> list(AgentDesk desk, ConversationFilter filter) {
    return desk.list(filter, page()).items();
  }

  static List<Conversation> found(AgentDesk desk, String words) {
    return desk.list(words, page()).findPage().orElseThrow().items();
  }

  /** The conversation with this subject, open or not. */
  static Conversation about(AgentDesk desk, String subject) {
    return list(desk, ConversationFilter.all()).stream()
        .filter(each -> each.subject().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No conversation about '%s'".formatted(subject)));
  }

  static List<Message> messages(AgentDesk desk, ConversationId conversation) {
    return done(desk.messages(conversation, page())).items();
  }

  static Message last(AgentDesk desk, ConversationId conversation) {
    List<Message> all = messages(desk, conversation);
    return all.get(all.size() - 1);
  }

  static OpenedMessage opened(AgentDesk desk, MessageId message) {
    return done(desk.open(message));
  }

  static Page.Request page() {
    return Page.Request.first(100);
  }

  static List<String> codes(List<AuditEntry> entries) {
    return entries.stream().map(each -> each.fact().code()).toList();
  }

  /** The facts of everything, newest first. */
  List<AuditEntry> newest(int limit) {
    return done(engage.auditOf(BOSS).newest(limit));
  }

  static <T> T done(Outcome<T> outcome) {
    if (outcome instanceof Outcome.Done<T> done) {
      return done.value();
    }
    throw new AssertionError("Not done, but " + outcome);
  }

  /** All of them are done. */
  static <K, T> void allDone(Map<K, Outcome<T>> outcomes) {
    outcomes.values().forEach(RealStreet::done);
  }

  /** Why it was refused. */
  static String refused(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?> refused) {
      return refused.reason();
    }
    throw new AssertionError("Not refused, but " + outcome);
  }

  @Override
  public void close() {
    engage.close();
    post.close();
  }
}
