package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.core.Observation.Drafted;
import io.engage.core.Observation.Ended;
import io.engage.core.Observation.Said;
import io.engage.core.Observation.Stands;
import io.engage.core.Observation.Undrafted;
import io.engage.core.Observation.Unsaid;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Reply;
import io.engage.model.writing.Draft;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import io.engage.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A supervisor follows a conversation of somebody else while it goes on. */
@Tag("DI-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SpyingTest {
  private final Street street = new Street();
  private final AgentDesk clara = street.clara;
  private final SupervisorDesk dirk = street.engage.supervisionOf(Shop.DIRK);

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void the_supervisor_sees_how_it_stands_what_was_said_and_what_is_said_from_then_on() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, false);
    awaitTexts(watcher, "Is my bike ready?");

    clara.take(List.of(bike.id()));
    clara.reply(bike.id(), Reply.of("On Friday"));
    anaWrites("2", "That is late");

    awaitTexts(watcher, "Is my bike ready?", "On Friday", "That is late");
    awaitLast(watcher, standing -> Shop.CLARA.id().equals(standing.state().assignee()));
    assertThat(watcher.seen().get(0)).isInstanceOf(Stands.class);
    assertThat(watcher.keptToRules()).isTrue();
  }

  @Test
  void the_supervisor_reads_what_a_message_says() {
    Conversation bike = anaWrites("1", "Is my bike ready?");

    Watcher<Observation> watcher = spy(bike, false);

    Said said = (Said) watcher.awaitSeen(all -> all.size() == 2).get(1);
    assertThat(said.content().text()).contains("Is my bike ready?");
  }

  @Test
  void nothing_is_marked_as_read_and_nobody_in_the_conversation_is_told() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, true);

    awaitTexts(watcher, "Is my bike ready?");

    assertThat(street.onlyConversation()).isEqualTo(bike);
    assertThat(street.lastMessage(bike).state().read()).isFalse();
    assertThat(clara.attending(bike.id()).findValue()).contains(List.of());
  }

  @Test
  void what_is_written_and_not_sent_is_seen_on_request() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, true);
    Draft begun = clara.writing().reply(street.lastMessage(bike).id()).findValue().orElseThrow();
    Draft written =
        clara
            .writing()
            .save(begun.withContent(begun.content().withText("On Fr"), begun.changedAt()))
            .findValue()
            .orElseThrow();
    watcher.awaitSeen(
        all -> drafts(all).stream().anyMatch(each -> each.content().text().equals("On Fr")));

    clara.writing().send(written);

    watcher.awaitSeen(all -> all.contains(new Undrafted(written.id())));
  }

  @Test
  void a_draft_is_not_gone_before_it_is() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, true);
    Draft begun = clara.writing().reply(street.lastMessage(bike).id()).findValue().orElseThrow();
    watcher.awaitSeen(all -> all.contains(new Drafted(begun)));

    clara.prioritize(List.of(bike.id()), 7);
    awaitLast(watcher, standing -> standing.state().priority() == 7);

    assertThat(watcher.seen()).doesNotContain(new Undrafted(begun.id()));
    assertThat(drafts(watcher.seen())).containsExactly(begun);
  }

  @Test
  void without_the_request_drafts_stay_with_whoever_writes_them() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, false);
    Draft begun = clara.writing().reply(street.lastMessage(bike).id()).findValue().orElseThrow();

    clara
        .writing()
        .send(begun.withContent(begun.content().withText("On Friday"), begun.changedAt()));

    awaitTexts(watcher, "Is my bike ready?", "On Friday");
    assertThat(watcher.seen()).noneMatch(each -> each instanceof Drafted);
  }

  @Test
  void a_message_that_is_deleted_is_taken_back() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    anaWrites("2", "Sorry, wrong shop");
    Watcher<Observation> watcher = spy(bike, false);
    awaitTexts(watcher, "Is my bike ready?", "Sorry, wrong shop");
    MessageId wrong = street.lastMessage(bike).id();

    clara.deleteMessages(List.of(wrong));

    watcher.awaitSeen(all -> all.contains(new Unsaid(wrong)));
  }

  @Test
  void what_is_dated_before_what_was_shown_is_shown_too() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, false);
    awaitTexts(watcher, "Is my bike ready?");

    keep(bike, message("late", bike, Shop.MORNING.minusSeconds(3600)));

    watcher.awaitSeen(all -> ids(all).contains("late"));
  }

  @Test
  void what_happens_on_another_node_is_seen() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, false);
    awaitTexts(watcher, "Is my bike ready?");
    try (Engage other = street.engageOn(street.storage, street.mail)) {

      other.deskOf(Shop.CLARA).complete(List.of(bike.id()));

      awaitLast(watcher, Conversation::isCompleted);
    }
  }

  @Test
  void a_long_conversation_comes_whole_and_in_its_order() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    List<String> ids = IntStream.range(100, 340).mapToObj(i -> "m" + i).toList();
    Instant now = street.clock.instant();
    keep(bike, ids.stream().map(id -> message(id, bike, now)).toArray(Message[]::new));

    Watcher<Observation> watcher = spy(bike, false);

    watcher.awaitSeen(all -> ids(all).size() == 241);
    assertThat(ids(watcher.seen()).subList(1, 241)).isEqualTo(ids);
  }

  @Test
  void a_slow_reader_sees_how_it_is_when_they_ask_and_not_what_was_in_between() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher =
        Watcher.of(dirk.spy(bike.id(), false).findValue().orElseThrow(), 2);
    watcher.awaitSeen(all -> all.size() == 2);
    IntStream.rangeClosed(1, 50).forEach(i -> clara.prioritize(List.of(bike.id()), i));

    watcher.request(1);

    Observation third = watcher.awaitSeen(all -> all.size() == 3).get(2);
    assertThat(((Stands) third).conversation().state().priority()).isEqualTo(50);
  }

  @Test
  @Tag("TH-6")
  void what_was_looked_up_for_a_slow_reader_is_not_shown_after_it_is_gone() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    anaWrites("2", "My card number is");
    anaWrites("3", "Hello?");
    MessageId card = street.messages(bike).get(1).id();
    Watcher<Observation> watcher =
        Watcher.of(dirk.spy(bike.id(), false).findValue().orElseThrow(), 2);
    watcher.awaitSeen(all -> all.size() == 2);
    clara.deleteMessages(List.of(card));

    awaitTold();
    watcher.request(Long.MAX_VALUE);

    awaitTexts(watcher, "Is my bike ready?", "Hello?");
    assertThat(ids(watcher.seen())).hasSize(2);
  }

  @Test
  @Tag("TH-6")
  void nor_after_the_reader_has_lost_the_right() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    anaWrites("2", "My card number is");
    Watcher<Observation> watcher =
        Watcher.of(dirk.spy(bike.id(), false).findValue().orElseThrow(), 2);
    watcher.awaitSeen(all -> all.size() == 2);
    street.permissions.refuse(Shop.DIRK.id(), AgentAction.SPY, Shop.workshop().id(), "Not yours");
    street.clock.advance(Duration.ofSeconds(6));

    watcher.request(Long.MAX_VALUE);
    watcher.awaitEnd();

    assertThat(texts(watcher.seen())).containsExactly("Is my bike ready?");
    assertThat(watcher.seen()).endsWith(new Ended("Not yours"));
  }

  @Test
  @Tag("TH-6")
  void whoever_loses_the_right_sees_nothing_more_and_is_told_why() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, false);
    awaitTexts(watcher, "Is my bike ready?");

    street.permissions.refuse(
        Shop.DIRK.id(), AgentAction.SPY, Shop.workshop().id(), "Not any more");
    anaWrites("2", "My card number is");
    watcher.awaitEnd();

    assertThat(texts(watcher.seen())).containsExactly("Is my bike ready?");
    assertThat(watcher.seen()).endsWith(new Ended("Not any more"));
    assertThat(watcher.isComplete()).isTrue();
    assertThat(facts())
        .contains(new AuditFact.ActionRefused(AgentAction.SPY.code(), "Not any more"));
  }

  @Test
  @Tag("TH-6")
  void a_conversation_that_goes_where_the_supervisor_may_not_look_is_seen_no_longer() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    street.permissions.refuse(Shop.DIRK.id(), AgentAction.SPY, Shop.shop().id(), "Not there");
    Watcher<Observation> watcher = spy(bike, false);
    awaitTexts(watcher, "Is my bike ready?");

    clara.transfer(List.of(bike.id()), Shop.shop().id());
    watcher.awaitEnd();

    assertThat(watcher.seen()).endsWith(new Ended("Not there"));
  }

  @Test
  void that_somebody_follows_is_recorded_with_whether_drafts_are_seen() {
    Conversation bike = anaWrites("1", "Is my bike ready?");

    spy(bike, true);

    AuditEntry newest = street.storage.audit().newest(1).get(0);
    assertThat(newest.fact()).isEqualTo(new AuditFact.Spied(true));
    assertThat(newest.actor()).isEqualTo(Actor.agent(Shop.DIRK));
    assertThat(newest.subject()).isEqualTo(AuditSubject.of(bike.inbox(), bike.id()));
  }

  @Test
  void it_is_followed_once_and_then_asked_for_again() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Flow.Publisher<Observation> publisher = dirk.spy(bike.id(), false).findValue().orElseThrow();
    Watcher.of(publisher);

    Watcher<Observation> second = Watcher.of(publisher);

    assertThat(second.errors()).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(second.keptToRules()).isTrue();
  }

  @Test
  void there_is_nothing_to_follow_in_a_conversation_that_nobody_knows() {
    assertThat(dirk.spy(ConversationId.of("nowhere"), true)).isEqualTo(new Outcome.Unknown<>());
  }

  @Test
  void when_engage_is_closed_the_supervisor_is_told() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    Watcher<Observation> watcher = spy(bike, false);
    Watcher<Observation> slow = Watcher.of(dirk.spy(bike.id(), false).findValue().orElseThrow(), 0);
    awaitTexts(watcher, "Is my bike ready?");

    street.engage.close();

    watcher.awaitEnd();
    slow.awaitEnd();
    assertThat(watcher.isComplete() && slow.isComplete()).isTrue();
  }

  @Test
  void while_the_store_is_away_the_supervisor_waits_and_misses_nothing() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    AtomicBoolean away = new AtomicBoolean();
    AtomicInteger refusals = new AtomicInteger();
    Storage moody =
        Between.callersAnd(
            Storage.class,
            street.storage,
            call -> {
              if (away.get() && call.name().equals("inboxes")) {
                refusals.incrementAndGet();
                throw new CoreFailure("The store is away", true);
              }
              return call.proceed();
            });
    try (Engage node = street.engageOn(moody, street.mail)) {
      Watcher<Observation> watcher =
          Watcher.of(node.supervisionOf(Shop.DIRK).spy(bike.id(), false).findValue().orElseThrow());
      awaitTexts(watcher, "Is my bike ready?");
      away.set(true);
      anaWrites("2", "Hello?");
      await().until(() -> refusals.get() > 0);

      away.set(false);

      awaitTexts(watcher, "Is my bike ready?", "Hello?");
      assertThat(watcher.errors()).isEmpty();
    }
  }

  @Test
  void a_message_whose_bytes_cannot_be_read_is_shown_without_its_content() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    keep(bike, message("lost", bike, street.clock.instant()));

    Watcher<Observation> watcher = spy(bike, false);

    Said lost = (Said) watcher.awaitSeen(all -> all.size() == 3).get(2);
    assertThat(lost.message().id().value()).isEqualTo("lost");
    assertThat(lost.content()).isNull();
  }

  @Test
  void whoever_begins_while_messages_come_sees_each_of_them_once() {
    Conversation bike = anaWrites("1", "Is my bike ready?");
    AtomicInteger next = new AtomicInteger(100);
    List<Watcher<Observation>> watchers =
        Race.run(
            4,
            () -> {
              for (int i = 0; i < 20; i++) {
                keep(bike, message("m" + next.getAndIncrement(), bike, Shop.MORNING));
              }
              Watcher<Observation> watcher = spy(bike, false);
              for (int i = 0; i < 20; i++) {
                keep(bike, message("m" + next.getAndIncrement(), bike, Shop.MORNING));
              }
              return watcher;
            });

    assertThat(watchers)
        .allSatisfy(
            each -> {
              each.awaitSeen(all -> ids(all).size() >= 161);
              assertThat(ids(each.seen())).doesNotHaveDuplicates().hasSize(161);
              assertThat(each.keptToRules()).isTrue();
            });
  }

  /** One who wants everything has seen by now what this one may still have to be told. */
  private void awaitTold() {
    Watcher<Observation> other = spy(street.onlyConversation(), false);
    Conversation now = street.onlyConversation();
    awaitLast(other, standing -> standing.version() == now.version());
    clara.prioritize(List.of(now.id()), 3);
    awaitLast(other, standing -> standing.state().priority() == 3);
  }

  private Conversation anaWrites(String id, String text) {
    street.arrives(
        fromAna(id + "@customer.example", text)
            .replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));
    street.sync();
    return street.onlyConversation();
  }

  private Watcher<Observation> spy(Conversation conversation, boolean drafts) {
    return Watcher.of(dirk.spy(conversation.id(), drafts).findValue().orElseThrow());
  }

  private static Message message(String id, Conversation of, Instant at) {
    Message message = Shop.message(id, of, MailHeaders.EMPTY);
    return new Message(
        message.id(),
        message.conversation(),
        message.inbox(),
        message.channel(),
        message.direction(),
        message.kind(),
        message.trust(),
        message.headers(),
        message.phone(),
        message.preview(),
        message.attachments(),
        message.source(),
        at,
        message.state(),
        0);
  }

  /** As an import stores them, with an entry for each. */
  private void keep(Conversation conversation, Message... messages) {
    List<AuditEntry> entries =
        List.of(messages).stream()
            .map(
                each ->
                    new AuditEntry(
                        AuditEntryId.of(UUID.randomUUID().toString()),
                        each.at(),
                        Actor.RECEIVING,
                        AuditSubject.of(conversation.inbox(), conversation.id(), each.id()),
                        new AuditFact.SyncRequested()))
            .toList();
    street
        .storage
        .inboxes()
        .commit(InboxChange.builder().messages(List.of(messages)).audit(entries).build());
  }

  private List<AuditFact> facts() {
    return street.storage.audit().newest(10).stream().map(AuditEntry::fact).toList();
  }

  private static void awaitTexts(Watcher<Observation> watcher, String... expected) {
    watcher.awaitSeen(all -> texts(all).equals(List.of(expected)));
  }

  private static void awaitLast(
      Watcher<Observation> watcher, Predicate<Conversation> asItShouldBe) {
    watcher.awaitSeen(
        all ->
            all.stream()
                .filter(Stands.class::isInstance)
                .map(each -> ((Stands) each).conversation())
                .reduce((one, later) -> later)
                .filter(asItShouldBe)
                .isPresent());
  }

  /** What was said, each once. */
  private static List<String> texts(List<Observation> all) {
    return all.stream()
        .filter(Said.class::isInstance)
        .map(Said.class::cast)
        .map(each -> each.message().preview())
        .map(preview -> preview.lines().findFirst().orElse(""))
        .distinct()
        .toList();
  }

  private static List<String> ids(List<Observation> all) {
    return all.stream()
        .filter(Said.class::isInstance)
        .map(each -> ((Said) each).message().id().value())
        .toList();
  }

  private static List<Draft> drafts(List<Observation> all) {
    return all.stream()
        .filter(Drafted.class::isInstance)
        .map(each -> ((Drafted) each).draft())
        .toList();
  }
}
