package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.memory.InMemoryPresence;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.Member;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.AgentState;
import io.engage.testkit.Race;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dirk looks after Clara, who works in the workshop. */
@Tag("DI-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SupervisorTest {
  private static final AgentId CLARA = Shop.CLARA.id();

  private final Street street = new Street();
  private final InMemoryPresence phones = InMemoryPresence.create();
  private boolean screensBroken;
  private Optional<URI> screen = Optional.of(URI.create("https://screens.shop.example/7"));
  private final Engage engage =
      street
          .builder()
          .presence(phones)
          .screens(
              (supervisor, agent) -> {
                if (screensBroken) {
                  throw new IllegalStateException("The screen server says 500");
                }
                return screen;
              })
          .build();
  private final QueueDesk clara = engage.deskOf(Shop.CLARA).queue();
  private final SupervisorDesk dirk = engage.supervisionOf(Shop.DIRK);

  @BeforeEach
  void clara_works_in_the_workshop() {
    member(Shop.workshop(), "clara");
    clara.signIn();
  }

  @AfterEach
  void close() {
    engage.close();
    street.close();
  }

  @Test
  void what_is_known_of_an_agent_is_shown_and_that_it_was_is_recorded() {
    Conversation bike = anaWrites();
    street.clara.take(List.of(bike.id()));
    phones.with(CLARA, CallState.IN_CALL);
    street.clock.advance(Duration.ofMinutes(5));
    clara.beginBreak("lunch");
    dirk.message(CLARA, "Call Ana");

    AgentInfo info = dirk.info(CLARA).findValue().orElseThrow();

    assertThat(info.agent()).isEqualTo(Shop.CLARA);
    assertThat(info.state()).isEqualTo(AgentState.BUSY_ON_BREAK);
    assertThat(info.call()).isEqualTo(CallState.IN_CALL);
    assertThat(info.pause()).isEqualTo("lunch");
    assertThat(info.since()).isEqualTo(street.clock.instant());
    assertThat(info.begun()).isEqualTo(Shop.MORNING);
    assertThat(info.memberOf()).containsExactly(Shop.workshop().id());
    assertThat(info.loads())
        .containsExactly(new AgentLoad(Shop.workshop().id(), Channel.EMAIL, 1, 0));
    assertThat(info.working()).extracting(Conversation::id).containsExactly(bike.id());
    assertThat(info.unseen()).isOne();
    assertThat(newest())
        .extracting(AuditEntry::actor, AuditEntry::subject, AuditEntry::fact)
        .containsExactly(
            Actor.agent(Shop.DIRK), AuditSubject.NONE, new AuditFact.AgentLookedAt(CLARA));
  }

  @Test
  @Tag("TH-6")
  void what_an_agent_does_in_inboxes_that_are_not_ones_business_is_left_out() {
    Conversation bike = anaWrites();
    street.clara.take(List.of(bike.id()));
    member(Shop.shop(), "clara");
    street.permissions.refuse(
        Shop.DIRK.id(), AgentAction.SUPERVISE, Shop.workshop().id(), "Not yours");

    AgentInfo info = dirk.info(CLARA).findValue().orElseThrow();

    assertThat(info.memberOf()).containsExactly(Shop.shop().id());
    assertThat(info.loads()).isEmpty();
    assertThat(info.working()).isEmpty();
    assertThat(info.state()).isEqualTo(AgentState.BUSY);
  }

  @Test
  void an_agent_who_never_came_is_shown_as_such() {
    member(Shop.workshop(), "emil");

    AgentInfo info = dirk.info(AgentId.of("emil")).findValue().orElseThrow();

    assertThat(info.state()).isEqualTo(AgentState.OFFLINE);
    assertThat(info.begun()).isNull();
    assertThat(info.since()).isNull();
  }

  @Test
  void somebody_who_works_nowhere_and_never_came_is_not_known() {
    assertThat(dirk.info(AgentId.of("zoe"))).isEqualTo(new Outcome.Unknown<>());
    assertThat(dirk.pause(AgentId.of("zoe"), "lunch")).isEqualTo(new Outcome.Unknown<>());
    assertThat(dirk.message(AgentId.of("zoe"), "Hello")).isEqualTo(new Outcome.Unknown<>());
  }

  @Test
  @Tag("TH-6")
  void who_works_in_no_inbox_any_more_is_steered_by_those_alone_who_may_in_each() {
    member(Shop.workshop(), "emil");
    street.permissions.refuse(
        Shop.DIRK.id(), AgentAction.STEER_AGENTS, Shop.shop().id(), "Not in the shop");

    Outcome<AgentSession> refused = dirk.signOut(CLARA);
    Outcome<AgentSession> done = engage.supervisionOf(Shop.CLARA).signOut(CLARA);

    assertThat(refused).isEqualTo(new Outcome.Refused<>("Not in the shop"));
    assertThat(done.isDone()).isTrue();
  }

  @Test
  void an_agent_is_sent_on_break_and_back() {
    Outcome<AgentSession> paused = dirk.pause(CLARA, "coaching");
    AgentState between = clara.info().state();
    Outcome<AgentSession> again = dirk.pause(CLARA, "coaching");
    Outcome<AgentSession> resumed = dirk.resume(CLARA);

    assertThat(paused.findValue().orElseThrow().pause()).isEqualTo("coaching");
    assertThat(between).isEqualTo(AgentState.FREE_ON_BREAK);
    assertThat(again).isEqualTo(new Outcome.AlreadySo<>());
    assertThat(resumed.isDone()).isTrue();
    assertThat(clara.info().state()).isEqualTo(AgentState.FREE);
    assertThat(newest().actor()).isEqualTo(Actor.agent(Shop.DIRK));
  }

  @Test
  void what_a_change_gives_back_is_what_is_stored() {
    AgentSession given = dirk.pause(CLARA, "coaching").findValue().orElseThrow();

    assertThat(street.storage.documents().find(List.of(AgentSession.keyOf(CLARA))))
        .containsExactly(given);
  }

  @Test
  void who_was_signed_out_is_offline_until_they_sign_in_again() {
    Outcome<AgentSession> out = dirk.signOut(CLARA);
    Outcome<AgentSession> beat = clara.beat();
    AgentState offline = clara.info().state();
    Outcome<AgentSession> in = clara.signIn();

    assertThat(out.isDone()).isTrue();
    assertThat(beat).isInstanceOf(Outcome.Refused.class);
    assertThat(offline).isEqualTo(AgentState.OFFLINE);
    assertThat(in.isDone()).isTrue();
    assertThat(facts(4)).contains(new AuditFact.SignedOut(CLARA, "a supervisor"));
    assertThat(dirk.pause(CLARA, "coaching").isDone()).isTrue();
  }

  @Test
  void an_agent_who_is_gone_cannot_be_sent_on_break() {
    clara.signOut();

    assertThat(dirk.pause(CLARA, "coaching"))
        .isEqualTo(new Outcome.Refused<>("Clara Rossi is not signed in."));
    assertThat(dirk.signOut(CLARA)).isEqualTo(new Outcome.AlreadySo<>());
  }

  @Test
  void a_message_waits_for_its_agent_until_they_have_seen_it() {
    dirk.message(CLARA, "Call Ana");
    street.clock.advance(Duration.ofSeconds(1));
    dirk.message(CLARA, "And then Ben");
    List<AgentMessage> waiting = clara.messages();

    Outcome<AgentMessage> seen = clara.seen(waiting.get(0));
    Outcome<AgentMessage> again = clara.seen(waiting.get(0));

    assertThat(waiting).extracting(AgentMessage::text).containsExactly("Call Ana", "And then Ben");
    assertThat(waiting).extracting(AgentMessage::from).containsOnly(Shop.DIRK);
    assertThat(seen.isDone()).isTrue();
    assertThat(again).isEqualTo(new Outcome.Unknown<>());
    assertThat(clara.messages()).extracting(AgentMessage::text).containsExactly("And then Ben");
    assertThat(facts(3))
        .containsExactly(
            new AuditFact.AgentMessageSeen(Shop.DIRK.id()),
            new AuditFact.AgentMessaged(CLARA),
            new AuditFact.AgentMessaged(CLARA));
  }

  @Test
  void an_answer_is_among_the_messages_of_whoever_wrote() {
    dirk.message(CLARA, "Call Ana");

    Outcome<AgentMessage> answer = clara.answer(clara.messages().get(0), "Done");

    assertThat(answer.isDone()).isTrue();
    assertThat(clara.messages()).isEmpty();
    assertThat(engage.deskOf(Shop.DIRK).queue().messages())
        .extracting(AgentMessage::text, AgentMessage::from)
        .containsExactly(tuple("Done", Shop.CLARA));
  }

  @Test
  @Tag("TH-6")
  void nobody_sees_answers_or_takes_away_what_was_said_to_somebody_else() {
    AgentMessage message = dirk.message(CLARA, "Call Ana").findValue().orElseThrow();
    QueueDesk stranger = engage.deskOf(Agent.of("eve", "Eve")).queue();

    assertThat(stranger.messages()).isEmpty();
    assertThat(stranger.seen(message)).isEqualTo(new Outcome.Unknown<>());
    assertThat(stranger.answer(message, "Yes")).isEqualTo(new Outcome.Unknown<>());
    assertThat(clara.messages()).containsExactly(message);
  }

  @Test
  void of_many_pages_that_show_a_message_one_takes_it_away() {
    AgentMessage message = dirk.message(CLARA, "Call Ana").findValue().orElseThrow();

    List<Outcome<AgentMessage>> outcomes = Race.run(6, () -> clara.seen(message));

    assertThat(outcomes).filteredOn(Outcome::isDone).hasSize(1);
    assertThat(clara.messages()).isEmpty();
  }

  @Test
  void what_cannot_be_said_is_refused_and_nothing_is_kept() {
    assertThat(dirk.message(CLARA, "  ")).isInstanceOf(Outcome.Refused.class);
    assertThat(dirk.message(CLARA, "x".repeat(AgentMessage.LONGEST + 1)))
        .isInstanceOf(Outcome.Refused.class);
    for (int i = 0; i < 100; i++) {
      dirk.message(CLARA, "Call Ana");
    }

    assertThat(dirk.message(CLARA, "Call Ana")).isInstanceOf(Outcome.Refused.class);
    assertThat(clara.messages()).hasSize(100);
  }

  @Test
  @Tag("WK-10")
  void the_trail_says_that_something_was_said_but_not_what() {
    AgentMessage message = dirk.message(CLARA, "Ana's PIN is 4711").findValue().orElseThrow();

    assertThat(newest().toString() + message).doesNotContain("4711");
  }

  @Test
  void a_screen_is_looked_at_where_the_host_says() {
    Outcome<URI> where = dirk.monitorScreen(CLARA);

    assertThat(where.findValue()).isEqualTo(screen);
    assertThat(newest().fact()).isEqualTo(new AuditFact.ScreenMonitored(CLARA, true));
  }

  @Test
  void a_screen_that_the_host_does_not_show_is_refused_clearly() {
    screen = Optional.empty();

    Outcome<URI> where = dirk.monitorScreen(CLARA);

    assertThat(where)
        .isEqualTo(
            new Outcome.Refused<>(
                "The screen of agent 'clara' cannot be shown: the host shows screens by a"
                    + " ScreenMonitor, where that is switched on for the agent."));
    assertThat(newest().fact()).isEqualTo(new AuditFact.ScreenMonitored(CLARA, false));
  }

  @Test
  void a_screen_is_not_shown_while_the_host_cannot() {
    screensBroken = true;

    Outcome<URI> where = dirk.monitorScreen(CLARA);

    assertThat(where)
        .isEqualTo(
            new Outcome.Refused<>("The screen of agent 'clara' cannot be shown now. Try again."));
    assertThat(newest().fact()).isEqualTo(new AuditFact.ScreenMonitored(CLARA, false));
  }

  @Test
  void without_a_screen_monitor_every_screen_is_refused() {
    assertThat(street.engage.supervisionOf(Shop.DIRK).monitorScreen(CLARA))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void of_a_supervisor_who_pauses_and_an_agent_who_goes_neither_undoes_the_other() {
    AtomicInteger caller = new AtomicInteger();

    List<AgentSession> after =
        Race.run(
            6,
            () -> {
              boolean supervises = caller.getAndIncrement() % 2 == 0;
              for (int round = 0; round < 30; round++) {
                if (supervises) {
                  dirk.pause(CLARA, "coaching");
                } else {
                  clara.signOut();
                  clara.signIn();
                }
              }
              return stored();
            });

    assertThat(after).allMatch(session -> session.online() || !session.isOnBreak());
    assertThat(stored().version()).isEqualTo(changesOfSessions());
  }

  private AgentSession stored() {
    return (AgentSession)
        street.storage.documents().find(List.of(AgentSession.keyOf(CLARA))).get(0);
  }

  /** Each change of a session leaves one fact. */
  private long changesOfSessions() {
    return street.storage.audit().newest(10_000).stream()
        .filter(
            each ->
                each.fact() instanceof AuditFact.SignedIn
                    || each.fact() instanceof AuditFact.SignedOut
                    || each.fact() instanceof AuditFact.BreakBegun)
        .count();
  }

  private void member(Inbox inbox, String agent) {
    Inbox stored =
        engage.inboxes().stream()
            .filter(each -> each.id().equals(inbox.id()))
            .findFirst()
            .orElseThrow();
    street.keep(
        stored.withSettings(stored.settings().change().members(List.of(Member.of(agent))).build()));
  }

  private Conversation anaWrites() {
    street.arrives(fromAna("1@customer.example", "Is my bike ready?"));
    street.sync();
    return street.onlyConversation();
  }

  private AuditEntry newest() {
    return street.storage.audit().newest(1).get(0);
  }

  private List<AuditFact> facts(int count) {
    return street.storage.audit().newest(count).stream().map(AuditEntry::fact).toList();
  }
}
