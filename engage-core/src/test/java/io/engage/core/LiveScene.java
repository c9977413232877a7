package io.engage.core;

import static io.engage.core.Street.mailFrom;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.ServiceLevel;
import io.engage.model.inbox.Strategy;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.InboxPicture;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A workshop in which Clara and Dirk work, at which supervisors look from two nodes, and a shop
 * besides.
 */
final class LiveScene implements AutoCloseable {
  static final InboxId WORKSHOP = Shop.workshop().id();
  static final InboxId SHOP = Shop.shop().id();
  static final Page.Request MANY = Page.Request.first(1000);

  final Street street = new Street();
  final Engage other;
  private int mails;

  LiveScene() {
    setUp(
        WORKSHOP,
        settings ->
            settings
                .members(List.of(Member.of("clara"), Member.of("dirk")))
                .strategy(Strategy.USUAL)
                .limits(new Limits(3, 4))
                .serviceLevel(
                    new ServiceLevel(
                        Duration.ofMinutes(30),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(1),
                        3)));
    setUp(SHOP, settings -> settings.members(List.of(Member.of("dirk"))));
    other = street.builder().build();
  }

  /** As an administrator leaves it, whom the trail names. */
  LiveScene setUp(InboxId id, UnaryOperator<InboxSettings.Change> change) {
    Inbox stored = inbox(id);
    street.keep(stored.withSettings(change.apply(stored.settings().change()).build()));
    return this;
  }

  Inbox inbox(InboxId id) {
    return street.storage.inboxes().inboxes().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** A customer who never wrote before writes to the workshop. */
  Conversation arrives() {
    String customer = "c%d@customer.example".formatted(++mails);
    street.arrives(mailFrom(customer, mails + "@customer.example", "Is it ready?"));
    street.sync();
    return street.storage.search().find(ConversationFilter.all(), MANY).items().stream()
        .filter(each -> each.participants().toString().contains(customer))
        .findFirst()
        .orElseThrow();
  }

  List<Conversation> all() {
    return street.storage.search().find(ConversationFilter.all(), MANY).items();
  }

  /** The newest message of it is answered. */
  void answers(AgentDesk desk, ConversationId conversation) {
    List<Message> messages = street.storage.inboxes().messagesOf(conversation, MANY).items();
    desk.reply(messages.get(messages.size() - 1).id(), Reply.of("On Friday."));
  }

  LiveDesk live(Engage node) {
    return node.supervisionOf(Shop.DIRK).live();
  }

  Watcher<InboxPicture> watch(Engage node, InboxId inbox) {
    return Watcher.of(live(node).watch(inbox).findValue().orElseThrow());
  }

  Watcher<InboxPicture> watch() {
    return watch(street.engage, WORKSHOP);
  }

  /** The first picture that is like this, however many come before it. */
  static InboxPicture await(Watcher<InboxPicture> watcher, Predicate<InboxPicture> isLikeThis) {
    List<InboxPicture> seen =
        watcher.awaitSeen(all -> !all.isEmpty() && isLikeThis.test(all.get(all.size() - 1)));
    return seen.get(seen.size() - 1);
  }

  static AgentPicture clara(InboxPicture picture) {
    return picture.agents().stream()
        .filter(each -> each.agent().equals(Shop.CLARA.id()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    other.close();
    street.close();
  }
}
