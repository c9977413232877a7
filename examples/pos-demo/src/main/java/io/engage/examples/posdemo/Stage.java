package io.engage.examples.posdemo;

import io.engage.core.AgentDesk;
import io.engage.core.OpenedMessage;
import io.engage.core.Outcome;
import io.engage.core.SyncReport;
import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the story plays: the shop, who tells of it, and what clerks do again and again. */
record Stage(Shop shop, Narrator narrator) {
  private static final Page.Request ALL = Page.Request.first(100);

  AgentDesk mara() {
    return shop.desk(Shop.MARA);
  }

  AgentDesk jonas() {
    return shop.desk(Shop.JONAS);
  }

  AgentDesk priya() {
    return shop.desk(Shop.PRIYA);
  }

  /** Some minutes go by. */
  void later(int minutes) {
    shop.clock().advance(Duration.ofMinutes(minutes));
  }

  /** A mail arrives now. */
  void arrives(String user, byte[] mail) {
    later(1);
    shop.server().deliver(user, mail, shop.clock().instant());
  }

  /** The time in which a mail can be taken back ends, and it goes out. */
  void afterTheWindow() {
    shop.clock().advance(Duration.ofSeconds(10));
    workOffOutbox();
  }

  SyncReport sync(AccountId account) {
    SyncReport report = shop.engage().mail().sync(account, narrator::progress);
    narrator.imported(report);
    return report;
  }

  int workOffOutbox() {
    return shop.engage().outbox().workOff();
  }

  List<Conversation> list(AgentDesk desk, ConversationFilter filter) {
    return desk.list(filter, ALL).items();
  }

  /** The newest conversation that has these words in its subject or among its participants. */
  Conversation find(String words) {
    return list(mara(), ConversationFilter.all().searching(words)).stream()
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("No conversation is about '%s'".formatted(words)));
  }

  List<Message> messages(ConversationId conversation) {
    return done(mara().messages(conversation, ALL)).items();
  }

  Message newestOf(Conversation conversation) {
    List<Message> messages = messages(conversation.id());
    return messages.get(messages.size() - 1);
  }

  OpenedMessage open(AgentDesk desk, String words) {
    OpenedMessage opened = done(desk.open(newestOf(find(words)).id()));
    narrator.opened(opened);
    return opened;
  }

  List<Narrator.Answer> answers(Map<ConversationId, Outcome<Conversation>> outcomes) {
    List<Narrator.Answer> answers =
        outcomes.entrySet().stream()
            .map(each -> new Narrator.Answer(subject(each.getKey()), inWords(each.getValue())))
            .toList();
    narrator.answers(answers);
    return answers;
  }

  Line line(Conversation conversation) {
    return new Line(
        conversation,
        conversation.participants().stream()
            .findFirst()
            .map(Address::value)
            .orElseGet(() -> senderOf(newestOf(conversation))),
        conversation
            .findCustomer()
            .flatMap(id -> shop.customers().findByIds(List.of(id)).stream().findFirst())
            .map(Customer::name)
            .orElse(""),
        conversation.findAssignee().map(Stage::nameOf).orElse(""));
  }

  /**
   * Only people take part in a conversation, so newsletters name their sender in the mail alone.
   */
  private static String senderOf(Message message) {
    return message.headers().from().stream().findFirst().map(NamedAddress::label).orElse("");
  }

  /** What the story expects to be refused, with its reason. */
  static String refused(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?> refused) {
      return refused.reason();
    }
    throw new IllegalStateException("The story expected this to be refused: " + outcome);
  }

  /** What the story expects to be done; anything else ends it. */
  static <T> T done(Outcome<T> outcome) {
    return outcome
        .findValue()
        .orElseThrow(
            () -> new IllegalStateException("The story expected this to be done: " + outcome));
  }

  private String subject(ConversationId id) {
    return list(mara(), ConversationFilter.all()).stream()
        .filter(each -> each.id().equals(id))
        .map(Conversation::subject)
        .findFirst()
        .orElse("(deleted)");
  }

  private static String inWords(Outcome<Conversation> outcome) {
    if (outcome instanceof Outcome.Refused<Conversation> refused) {
      return "refused: " + refused.reason();
    }
    return outcome.isDone()
        ? "done"
        : outcome instanceof Outcome.AlreadySo ? "was so already" : "unknown";
  }

  private static String nameOf(AgentId id) {
    return Stream.of(Shop.MARA, Shop.JONAS, Shop.PRIYA, Shop.SVEN)
        .filter(agent -> agent.id().equals(id))
        .map(Agent::name)
        .findFirst()
        .orElse(id.value());
  }
}
