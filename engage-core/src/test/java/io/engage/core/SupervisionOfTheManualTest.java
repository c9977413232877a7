package io.engage.core;

import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.core.Observation.Said;
import io.engage.core.recording.RecordingSearch;
import io.engage.memory.InMemoryPresence;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.AgentState;
import io.engage.model.queue.InboxPicture;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.WaitingLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One morning of Dirk, who supervises the workshop, by what the manual of the contact centre says
 * about e-mail supervision, in its order: what is on the screen, what can be done with an agent,
 * and what is found afterwards.
 */
@Tag("DI-5")
@Tag("DI-6")
@Tag("DI-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SupervisionOfTheManualTest {
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final AgentId CLARA = Shop.CLARA.id();
  private static final AgentId EMIL = AgentId.of("emil");
  private static final URI SCREEN = URI.create("https://screens.shop.example/clara");

  private final Street street = new Street();
  private final InMemoryPresence phones = InMemoryPresence.create();
  private final Engage engage = inOneAtATime();
  private final QueueDesk clara = engage.deskOf(Shop.CLARA).queue();
  private final SupervisorDesk dirk = engage.supervisionOf(Shop.DIRK);
  private final RecordingDesk recordings = engage.recordingsOf(Shop.DIRK);

  /** Clara and Emil get one conversation at a time; the host shows Clara's screen alone. */
  private Engage inOneAtATime() {
    Inbox workshop = Shop.workshop();
    street.keep(
        workshop.withSettings(
            workshop
                .settings()
                .change()
                .members(List.of(Member.of("clara"), Member.of("emil")))
                .limits(new Limits(1, 100))
                .strategy(Strategy.USUAL)
                .build()));
    return street
        .builder()
        .presence(phones)
        .screens(
            (supervisor, agent) ->
                agent.equals(CLARA) ? Optional.of(SCREEN) : Optional.<URI>empty())
        .build();
  }

  @AfterEach
  void close() {
    engage.close();
    street.close();
  }

  @Test
  void a_morning_of_a_supervisor() throws IOException {
    clara.signIn();
    Conversation bike = writes(Shop.ANA, "1", "Is my bike ready?");
    await().atMost(1, TimeUnit.MINUTES).until(() -> !clara.offers().isEmpty());
    clara.accept(bike.id());
    street.clock.advance(Duration.ofMinutes(2));
    Conversation lamp = writes(Shop.BEN, "2", "My lamp is broken");
    phones.with(CLARA, CallState.IN_CALL);

    whatIsOnTheScreen(lamp);
    Message answer = spying(bike);
    monitoringAScreen();
    informationOnAnAgent(bike);
    pausing(bike, lamp);
    chatting();
    loggingOut(lamp);
    searchingRecordings(bike, answer);
    viewingAndPrinting(bike);

    assertThat(traces())
        .as("everything that a supervisor did stands in the trail under their name")
        .containsExactly(
            "spied",
            "screen-monitored",
            "screen-monitored",
            "agent-looked-at",
            "break-begun",
            "break-ended",
            "agent-messaged",
            "signed-out",
            "recording-viewed",
            "recording-exported");
  }

  private void whatIsOnTheScreen(Conversation lamp) {
    Watcher<InboxPicture> screen =
        Watcher.of(dirk.live().watch(WORKSHOP).findValue().orElseThrow());
    InboxPicture picture = screen.awaitSeen(all -> !all.isEmpty()).get(0);
    AgentPicture row = row(picture, CLARA);
    AgentPicture absent = row(picture, EMIL);
    List<WaitingLine> waiting =
        dirk.live().waiting(WORKSHOP, null, 10).findValue().orElseThrow().lines();

    assertThat(row.call()).as("icon: a phone while on a call").isEqualTo(CallState.IN_CALL);
    assertThat(row.pause()).as("icon: that of the break while on one").isNull();
    assertThat(row.channels())
        .as("channel status: the channels of what is active")
        .containsExactly(Channel.EMAIL);
    assertThat(row.state()).as("status, in real time").isEqualTo(AgentState.BUSY);
    assertThat(absent.state()).as("status: disconnected").isEqualTo(AgentState.OFFLINE);
    assertThat(row.name()).as("agent").isEqualTo("Clara Rossi");
    assertThat(row.completedIn() + row.completedOut()).as("completed, in and out").isZero();
    assertThat(row.active()).as("active").isOne();
    assertThat(Duration.between(row.since(), picture.at()))
        .as("time since the status changed last")
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    assertThat(waiting).as("the customers who wait").hasSize(1);
    assertThat(waiting.get(0).address())
        .as("e-mail: with which the customer wrote")
        .isEqualTo(Shop.BEN.address());
    assertThat(waiting.get(0).since())
        .as("on hold: since when they wait")
        .isEqualTo(lamp.state().service().waitingSince());
    screen.cancel();
  }

  /** The mails that agent and customer exchange, in real time. */
  private Message spying(Conversation bike) {
    Watcher<Observation> spy = Watcher.of(dirk.spy(bike.id(), false).findValue().orElseThrow());
    spy.awaitSeen(all -> said(all).equals(List.of("Is my bike ready?")));

    Message answer =
        engage.deskOf(Shop.CLARA).reply(bike.id(), Reply.of("On Friday")).findValue().orElseThrow();

    spy.awaitSeen(all -> said(all).equals(List.of("Is my bike ready?", "On Friday")));
    spy.cancel();
    return answer;
  }

  /** The button is there for whom it is switched on: for the others it is refused. */
  private void monitoringAScreen() {
    Outcome<URI> claras = dirk.monitorScreen(CLARA);
    Outcome<URI> emils = dirk.monitorScreen(EMIL);

    assertThat(claras).isEqualTo(new Outcome.Done<>(SCREEN));
    assertThat(emils).isInstanceOf(Outcome.Refused.class);
  }

  private void informationOnAnAgent(Conversation bike) {
    AgentInfo info = dirk.info(CLARA).findValue().orElseThrow();

    assertThat(info.agent()).isEqualTo(Shop.CLARA);
    assertThat(info.state()).isEqualTo(AgentState.BUSY);
    assertThat(info.memberOf()).containsExactly(WORKSHOP);
    assertThat(info.working()).extracting(Conversation::id).containsExactly(bike.id());
    assertThat(info.served().get(WORKSHOP).today()).isOne();
  }

  /** While it lasts nothing comes in, whatever is finished. */
  private void pausing(Conversation bike, Conversation lamp) {
    dirk.pause(CLARA, "coaching");
    AgentState busy = clara.info().state();
    engage.deskOf(Shop.CLARA).complete(List.of(bike.id()));
    engage.distribution().workOff();
    AgentState free = clara.info().state();
    QueueState waiting = now(lamp.id()).queueState();
    InboxPicture picture = dirk.live().now(WORKSHOP).findValue().orElseThrow();

    dirk.resume(CLARA);
    await().atMost(1, TimeUnit.MINUTES).until(() -> !clara.offers().isEmpty());

    assertThat(busy).as("busy on break").isEqualTo(AgentState.BUSY_ON_BREAK);
    assertThat(free).as("free on break").isEqualTo(AgentState.FREE_ON_BREAK);
    assertThat(row(picture, CLARA).pause()).as("which break").isEqualTo("coaching");
    assertThat(row(picture, CLARA).completedIn()).as("completed").isOne();
    assertThat(waiting).as("nothing comes in").isEqualTo(QueueState.QUEUED);
    assertThat(clara.offers()).extracting(Conversation::id).containsExactly(lamp.id());
  }

  private void chatting() {
    dirk.message(CLARA, "Ben is a good customer");

    List<AgentMessage> read = clara.messages();
    clara.answer(read.get(0), "I know");

    assertThat(read).extracting(AgentMessage::text).containsExactly("Ben is a good customer");
    assertThat(engage.deskOf(Shop.DIRK).queue().messages())
        .extracting(AgentMessage::text)
        .containsExactly("I know");
  }

  /** They have to come in again to go on. */
  private void loggingOut(Conversation lamp) {
    dirk.signOut(CLARA);
    await()
        .atMost(1, TimeUnit.MINUTES)
        .until(() -> now(lamp.id()).queueState() == QueueState.QUEUED);
    AgentState out = clara.info().state();
    Outcome<Conversation> accepted = clara.accept(lamp.id());
    clara.signIn();
    await().atMost(1, TimeUnit.MINUTES).until(() -> !clara.offers().isEmpty());

    assertThat(out).isEqualTo(AgentState.OFFLINE);
    assertThat(accepted).isInstanceOf(Outcome.Refused.class);
    assertThat(clara.accept(lamp.id()).isDone()).isTrue();
  }

  private void searchingRecordings(Conversation bike, Message answer) {
    LocalDate today = LocalDate.ofInstant(answer.at(), ZoneOffset.UTC);
    RecordingSearch all = RecordingSearch.all();

    assertThat(found(all.days(today, today, ZoneOffset.UTC))).as("start and end date").hasSize(2);
    assertThat(found(all.days(today.plusDays(1), today.plusDays(1), ZoneOffset.UTC))).isEmpty();
    assertThat(found(all.with("na@custom"))).as("part of the e-mail").containsExactly(bike.id());
    assertThat(found(all.about("bike"))).as("subject").hasSize(2);
    assertThat(found(all.in(WORKSHOP))).as("campaign").hasSize(2);
    assertThat(found(all.in(Shop.shop().id()))).isEmpty();
    assertThat(found(all.by(CLARA).finished())).as("agent").containsExactly(bike.id());
    assertThat(found(all.by(EMIL))).isEmpty();
  }

  /** A click on one opens it, and the printer in its corner prints it. */
  private void viewingAndPrinting(Conversation bike) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();

    Recording viewed = recordings.view(bike.id(), Page.Request.first(10)).findValue().orElseThrow();
    recordings.print(bike.id(), RecordingForm.MESSAGES, page);

    assertThat(viewed.messages().items())
        .extracting(Message::preview)
        .containsExactly("Is my bike ready?", "On Friday");
    assertThat(viewed.agents()).containsExactly("Clara Rossi");
    assertThat(page.toString(StandardCharsets.UTF_8))
        .contains("Is my bike ready?")
        .contains("On Friday")
        .doesNotContain("<script");
  }

  private Conversation writes(NamedAddress customer, String id, String text) {
    street.arrives(mailFrom(customer.toString(), id + "@customer.example", text));
    street.sync();
    return street.open().stream()
        .filter(each -> each.participants().contains(customer.address()))
        .findFirst()
        .orElseThrow();
  }

  private Conversation now(ConversationId id) {
    return street.storage.inboxes().conversations(List.of(id)).get(0);
  }

  private List<ConversationId> found(RecordingSearch search) {
    return recordings
        .search(search, Page.Request.first(10))
        .findValue()
        .orElseThrow()
        .items()
        .stream()
        .map(Conversation::id)
        .toList();
  }

  private static AgentPicture row(InboxPicture picture, AgentId agent) {
    return picture.agents().stream()
        .filter(each -> each.agent().equals(agent))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> said(List<Observation> all) {
    return all.stream()
        .filter(Said.class::isInstance)
        .map(each -> ((Said) each).message().preview())
        .distinct()
        .toList();
  }

  /** What Dirk left in the trail, from the beginning on. */
  private List<String> traces() {
    return street.storage.audit().chainAfter(0, 1000).stream()
        .map(AuditLink::entry)
        .filter(each -> each.actor().equals(Actor.agent(Shop.DIRK)))
        .map(AuditEntry::fact)
        .map(AuditFact::code)
        .toList();
  }
}
