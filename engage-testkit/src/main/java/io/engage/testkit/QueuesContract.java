package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.document.Document;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.Service;
import io.engage.spi.Queues;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Queues} must do: show who waits and who works as it was committed last, so that
 * nobody is given twice and nobody gets too much. Extend it and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("DI-1")
public abstract class QueuesContract {
  private static final Instant NOON = Sample.MONDAY;
  private static final Instant LATER = NOON.plusSeconds(30);
  private static final Instant EVENING = NOON.plusSeconds(36_000);
  private static final InboxId WORKSHOP = Sample.workshop().id();
  private static final InboxId SALES = Sample.sales().id();
  private static final List<InboxId> BOTH = List.of(WORKSHOP, SALES);
  private static final AgentId CLARA = Sample.clara().id();
  private static final AgentId DARIO = Sample.dario().id();
  private static final List<AgentId> CLERKS = List.of(CLARA, DARIO);
  private static final int MOST = 10;

  private Shop shop;
  private Queues queues;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    queues = shop.storage().queues();
  }

  @Test
  void nobody_waits_or_works_before_anybody_came() {
    assertThat(queues.waiting(WORKSHOP, Page.Request.first(10)))
        .isEqualTo(new Page<>(List.of(), null));
    assertThat(queues.inHand(WORKSHOP, Page.Request.first(10)))
        .isEqualTo(new Page<>(List.of(), null));
    assertThat(queues.at(0, BOTH)).isEmpty();
    assertThat(queues.offeredTo(CLARA)).isEmpty();
    assertThat(queues.offeredUntil(EVENING, Page.Request.first(10)).items()).isEmpty();
    assertThat(queues.loads(CLERKS)).isEmpty();
    assertThat(queues.standings(BOTH)).isEmpty();
  }

  @Test
  void of_those_who_came_together_the_lowest_priority_comes_first_then_the_lower_id() {
    shop.keep(
        queued("b").make(),
        queued("a").make(),
        queued("Z").make(),
        waiting("late", LATER).make(),
        waiting("early", NOON.minusSeconds(1)).make(),
        waiting("urgent", LATER).urgent(1).make(),
        waiting("below", LATER).urgent(Integer.MIN_VALUE).make(),
        waiting("last", NOON.minusSeconds(9)).urgent(Integer.MAX_VALUE).make());

    assertThat(waitingIn(WORKSHOP, 100))
        .containsExactly("below", "urgent", "early", "Z", "a", "b", "late", "last");
  }

  @Test
  void a_step_of_priority_counts_as_a_minute_of_waiting() {
    shop.keep(
        queued("usual").make(),
        waiting("more urgent", NOON.plusSeconds(600)).urgent(90).make(),
        waiting("too late", NOON.plusSeconds(601)).urgent(90).make(),
        waiting("less urgent", NOON.minusSeconds(300)).urgent(105).make(),
        waiting("long enough", NOON.minusSeconds(301)).urgent(105).make());

    assertThat(waitingIn(WORKSHOP, 100))
        .containsExactly("long enough", "less urgent", "more urgent", "usual", "too late");
  }

  @Test
  void whatever_the_priority_nobody_is_moved_by_more_than_a_day() {
    Instant yesterday = NOON.minus(Duration.ofDays(1));
    shop.keep(
        queued("usual").make(),
        waiting("first", yesterday.minusSeconds(1)).urgent(Integer.MAX_VALUE).make(),
        waiting("last", yesterday.plusSeconds(1)).urgent(Integer.MAX_VALUE).make(),
        waiting("at once", NOON.plus(Duration.ofHours(23))).urgent(Integer.MIN_VALUE).make(),
        waiting("tomorrow", NOON.plus(Duration.ofHours(25))).urgent(Integer.MIN_VALUE).make());

    assertThat(waitingIn(WORKSHOP, 100))
        .containsExactly("at once", "first", "usual", "last", "tomorrow");
  }

  @Test
  void who_waits_is_found_as_they_were_stored() {
    Conversation strap =
        queued("strap").about("Reloj “roto” 😀").tagged("vip").linkedTo(Sample.ana()).make();

    shop.keep(strap);

    assertThat(queues.waiting(WORKSHOP, Page.Request.first(10)).items())
        .containsExactly(strap.withVersion(1));
  }

  @Test
  void only_who_is_queued_in_that_inbox_waits() {
    shop.keep(
        queued("queued").make(),
        queued("elsewhere").in(Sample.sales()).make(),
        queued("offered").offered(Sample.clara(), NOON, LATER).make(),
        queued("active").taken(Sample.clara(), NOON).make(),
        queued("done").completed().make(),
        conversation("answered").make(),
        queued("side").besides("queued").make(),
        queued("empty").holding(0, 0).make());

    assertThat(waitingIn(WORKSHOP, 100)).containsExactly("queued");
    assertThat(waitingIn(SALES, 100)).containsExactly("elsewhere");
  }

  @Test
  void pages_end_exactly_where_the_queue_ends() {
    for (int i = 0; i < 12; i++) {
      shop.keep(waiting("c%02d".formatted(i), NOON.plusSeconds(i / 3)).urgent(i / 6).make());
    }

    List<List<Conversation>> pages = Shop.pages(4, page -> queues.waiting(WORKSHOP, page));

    assertThat(pages).extracting(List::size).containsExactly(4, 4, 4);
    assertThat(pages.stream().flatMap(List::stream).map(each -> each.id().value()))
        .containsExactlyElementsOf(IntStream.range(0, 12).mapToObj("c%02d"::formatted).toList());
  }

  @Test
  void a_mark_names_place_and_id_of_the_last_one() {
    shop.keep(
        waiting("a", LATER).urgent(97).make(),
        waiting("b", NOON).make(),
        waiting("c", NOON).make());

    Page<Conversation> page = queues.waiting(WORKSHOP, Page.Request.first(1));

    assertThat(page.next()).isEqualTo(new Page.Mark(LATER.minusSeconds(180), "a"));
    assertThat(
            queues
                .waiting(WORKSHOP, Page.Request.first(1).after(page.findNext().orElseThrow()))
                .next())
        .isEqualTo(new Page.Mark(NOON, "b"));
  }

  @Test
  void a_page_goes_on_behind_one_who_is_gone_meanwhile() {
    shop.keep(queued("a").make(), queued("b").make(), queued("c").make(), queued("d").make());
    Page<Conversation> page = queues.waiting(WORKSHOP, Page.Request.first(2));

    change("b", each -> each.withAssignee(CLARA));
    change("a", each -> each.withPriority(900));

    assertThat(
            idsOf(
                queues
                    .waiting(WORKSHOP, Page.Request.first(9).after(page.findNext().orElseThrow()))
                    .items()))
        .containsExactly("c", "d", "a");
  }

  @Test
  void a_changed_place_shows_at_once() {
    shop.keep(queued("a").make(), queued("b").make(), queued("c").make());

    change("c", each -> each.withPriority(1));
    change("a", each -> each.withService(Service.arrived(LATER)));

    assertThat(waitingIn(WORKSHOP, 100)).containsExactly("c", "b", "a");
  }

  @Test
  @Tag("DI-4")
  void who_was_offered_and_declined_waits_at_the_old_place() {
    shop.keep(queued("a").make(), waiting("b", LATER).make());
    change("a", each -> each.withService(each.service().offered(new Offer(CLARA, NOON, LATER))));
    assertThat(waitingIn(WORKSHOP, 100)).containsExactly("b");

    change("a", each -> each.withService(each.service().declined(CLARA, EVENING)));

    assertThat(waitingIn(WORKSHOP, 100)).containsExactly("a", "b");
  }

  @Test
  @Tag("DI-5")
  void what_is_in_hand_in_an_inbox_is_what_is_worked_on_and_then_what_is_offered() {
    shop.keep(
        queued("offered").offered(Sample.clara(), NOON, LATER).make(),
        queued("b").taken(Sample.clara(), NOON).make(),
        conversation("a").assignedTo(Sample.dario()).make(),
        queued("Z").taken(Sample.dario(), LATER).make(),
        queued("early").offered(Sample.dario(), NOON, EVENING).make(),
        queued("elsewhere").in(Sample.sales()).taken(Sample.clara(), NOON).make(),
        queued("queued").make(),
        conversation("answered").make(),
        queued("done").taken(Sample.clara(), NOON).completed().make());

    assertThat(inHand(WORKSHOP, 100)).containsExactly("Z", "a", "b", "early", "offered");
    assertThat(inHand(SALES, 100)).containsExactly("elsewhere");
    assertThat(queues.inHand(WORKSHOP, Page.Request.first(1)).items())
        .containsExactly(shop.conversation("Z"));
  }

  @Test
  @Tag("DI-5")
  void pages_of_what_is_in_hand_end_exactly_where_it_ends() {
    for (int i = 0; i < 4; i++) {
      shop.keep(
          queued("c" + i).offered(Sample.clara(), NOON, LATER).make(),
          queued("d" + i).taken(Sample.clara(), NOON).make());
    }

    List<List<Conversation>> pages = Shop.pages(2, page -> queues.inHand(WORKSHOP, page));

    assertThat(pages).extracting(List::size).containsExactly(2, 2, 2, 2);
    assertThat(pages.stream().flatMap(List::stream).map(each -> each.id().value()))
        .containsExactly("d0", "d1", "d2", "d3", "c0", "c1", "c2", "c3");
  }

  @Test
  void an_inbox_is_waited_in_while_somebody_is_queued_there() {
    shop.keep(
        queued("a").make(),
        queued("b").make(),
        queued("c").in(Sample.sales()).offered(Sample.clara(), NOON, LATER).make());

    assertThat(queues.at(0, BOTH)).extracting(Conversation::inbox).containsExactly(WORKSHOP);
    assertThat(queues.at(0, List.of(WORKSHOP, SALES, WORKSHOP))).hasSize(1);
    assertThat(queues.at(0, List.of(SALES, InboxId.of("Workshop")))).isEmpty();
  }

  @Test
  @Tag("IN-8")
  void a_place_in_the_queue_is_that_of_a_page_of_it() {
    shop.keep(
        waiting("late", EVENING).make(),
        waiting("early", NOON).make(),
        waiting("between", LATER).make(),
        queued("alone").in(Sample.sales()).make(),
        queued("asked").offered(Sample.clara(), NOON, LATER).make());

    assertThat(idsOf(queues.at(0, BOTH))).containsExactlyInAnyOrder("early", "alone");
    assertThat(idsOf(queues.at(1, BOTH))).containsExactly("between");
    assertThat(queues.at(2, BOTH)).containsExactly(shop.conversation("late"));
    assertThat(queues.at(3, BOTH)).isEmpty();
  }

  @Test
  @Tag("DI-4")
  void what_is_offered_to_an_agent_comes_with_the_oldest_offer_first() {
    shop.keep(
        queued("b").offered(Sample.clara(), NOON, LATER).make(),
        queued("a").offered(Sample.clara(), NOON, LATER).make(),
        queued("old").offered(Sample.clara(), NOON.minusSeconds(1), EVENING).make(),
        queued("new").in(Sample.sales()).offered(Sample.clara(), LATER, EVENING).make(),
        queued("darios").offered(Sample.dario(), NOON, LATER).make(),
        queued("hers").taken(Sample.clara(), NOON).make());

    assertThat(idsOf(queues.offeredTo(CLARA))).containsExactly("old", "a", "b", "new");
    assertThat(queues.offeredTo(CLARA)).contains(shop.conversation("new"));
    assertThat(queues.offeredTo(AgentId.of("Clara"))).isEmpty();
  }

  @Test
  @Tag("DI-4")
  void an_offer_is_unanswered_from_its_end_on_the_earliest_first() {
    shop.keep(
        queued("b").offered(Sample.clara(), NOON, LATER).make(),
        queued("a").offered(Sample.dario(), NOON.plusSeconds(1), LATER).make(),
        queued("soon").offered(Sample.clara(), NOON, LATER.minusSeconds(1)).make(),
        queued("open").offered(Sample.clara(), NOON, EVENING).make(),
        queued("taken").offered(Sample.clara(), NOON, LATER).taken(Sample.clara(), NOON).make());

    assertThat(offeredUntil(LATER.minusSeconds(2), 10)).isEmpty();
    assertThat(offeredUntil(LATER.minusSeconds(1), 10)).containsExactly("soon");
    assertThat(offeredUntil(LATER, 10)).containsExactly("soon", "a", "b");
    assertThat(offeredUntil(LATER, 2)).containsExactly("soon", "a");
    assertThat(offeredUntil(Instant.MAX, 10)).containsExactly("soon", "a", "b", "open");
  }

  @Test
  @Tag("DI-4")
  void pages_of_what_is_offered_go_on_where_they_ended_also_when_that_one_was_answered() {
    shop.keep(
        queued("c").offered(Sample.clara(), NOON, LATER).make(),
        queued("b").offered(Sample.dario(), NOON, LATER).make(),
        queued("a").offered(Sample.clara(), NOON.plusSeconds(1), LATER).make(),
        queued("soon").offered(Sample.clara(), NOON, LATER.minusSeconds(1)).make());
    Page<Conversation> first = queues.offeredUntil(LATER, Page.Request.first(3));

    change("b", each -> each.withService(each.service().declined(Sample.dario().id(), NOON)));
    Page<Conversation> second =
        queues.offeredUntil(LATER, new Page.Request(first.findNext().orElseThrow(), 3));

    assertThat(idsOf(first.items())).containsExactly("soon", "a", "b");
    assertThat(first.next()).isEqualTo(new Page.Mark(LATER, "b"));
    assertThat(idsOf(second.items())).containsExactly("c");
    assertThat(second.next()).isNull();
  }

  private List<String> offeredUntil(Instant last, int limit) {
    return idsOf(queues.offeredUntil(last, Page.Request.first(limit)).items());
  }

  @Test
  @Tag("IN-8")
  void an_agent_has_what_they_work_on_and_what_they_are_offered_by_inbox_and_channel() {
    shop.keep(
        queued("a").taken(Sample.clara(), NOON).make(),
        conversation("b").assignedTo(Sample.clara()).make(),
        queued("c").offered(Sample.clara(), NOON, NOON).make(),
        queued("d").through(Channel.SMS).taken(Sample.clara(), NOON).make(),
        queued("e").in(Sample.sales()).offered(Sample.clara(), NOON, EVENING).make(),
        queued("f").taken(Sample.clara(), NOON).completed().make(),
        queued("g").taken(Sample.dario(), NOON).make(),
        queued("h").make());

    Map<AgentId, List<AgentLoad>> loads = queues.loads(List.of(CLARA, DARIO, CLARA));

    assertThat(loads).containsOnlyKeys(CLARA, DARIO);
    assertThat(loads.get(CLARA))
        .containsExactlyInAnyOrder(
            new AgentLoad(WORKSHOP, Channel.EMAIL, 2, 1),
            new AgentLoad(WORKSHOP, Channel.SMS, 1, 0),
            new AgentLoad(SALES, Channel.EMAIL, 0, 1));
    assertThat(loads.get(DARIO)).containsExactly(new AgentLoad(WORKSHOP, Channel.EMAIL, 1, 0));
  }

  @Test
  void who_has_nothing_and_who_was_not_asked_for_is_left_out() {
    shop.keep(queued("a").taken(Sample.clara(), NOON).make());

    assertThat(queues.loads(List.of(DARIO, AgentId.of("Clara")))).isEmpty();
    assertThat(queues.loads(List.of())).isEmpty();
  }

  @Test
  @Tag("IN-8")
  void what_is_given_back_completed_or_given_to_another_is_had_no_longer() {
    shop.keep(
        queued("a").taken(Sample.clara(), NOON).make(),
        queued("b").taken(Sample.clara(), NOON).make(),
        queued("c").taken(Sample.clara(), NOON).make());

    change("a", each -> each.withAssignee(null));
    change("b", each -> each.withCompletedAt(LATER));
    change("c", each -> each.withAssignee(DARIO));

    assertThat(queues.loads(CLERKS))
        .isEqualTo(Map.of(DARIO, List.of(new AgentLoad(WORKSHOP, Channel.EMAIL, 1, 0))));
  }

  @Test
  @Tag("DI-5")
  void an_inbox_stands_as_its_conversations_do() {
    shop.keep(
        waiting("a", LATER).make(),
        waiting("b", NOON).urgent(500).make(),
        waiting("c", NOON.minusSeconds(5)).offered(Sample.clara(), LATER, EVENING).make(),
        queued("d").taken(Sample.clara(), LATER).make(),
        queued("e").taken(Sample.dario(), NOON.minusSeconds(9)).make(),
        conversation("f").assignedTo(Sample.dario()).make(),
        waiting("g", NOON.minusSeconds(99)).completed().make(),
        conversation("h").make(),
        queued("i").in(Sample.sales()).make());

    assertThat(queues.standings(BOTH))
        .isEqualTo(
            Map.of(
                WORKSHOP,
                new QueueStanding(2, 1, 3, NOON.minusSeconds(5), NOON.minusSeconds(9)),
                SALES,
                new QueueStanding(1, 0, 0, NOON, null)));
    assertThat(queues.standings(List.of(SALES, SALES))).containsOnlyKeys(SALES);
  }

  @Test
  @Tag("DI-5")
  void moments_that_are_not_known_are_nobodys_longest() {
    shop.keep(
        conversation("a").assignedTo(Sample.clara()).make(),
        conversation("b").offered(Sample.dario(), NOON, LATER).make());

    assertThat(queues.standings(BOTH))
        .isEqualTo(Map.of(WORKSHOP, new QueueStanding(0, 1, 1, null, null)));
  }

  @Test
  @Tag("DI-5")
  void an_inbox_in_which_nobody_waits_or_works_is_left_out() {
    shop.keep(conversation("answered").make(), queued("done").completed().make());

    assertThat(queues.standings(BOTH)).isEmpty();
    assertThat(queues.standings(List.of())).isEmpty();
  }

  @Test
  void side_threads_and_empty_conversations_are_nowhere_whoever_has_them() {
    shop.keep(
        queued("a").besides("main").make(),
        queued("b").besides("main").offered(Sample.clara(), NOON, LATER).make(),
        queued("c").besides("main").taken(Sample.clara(), NOON).make(),
        queued("d").holding(0, 0).make(),
        queued("e").holding(0, 0).offered(Sample.clara(), NOON, LATER).make(),
        queued("f").holding(0, 0).taken(Sample.clara(), NOON).make());

    assertThat(waitingIn(WORKSHOP, 10)).isEmpty();
    assertThat(inHand(WORKSHOP, 10)).isEmpty();
    assertThat(queues.at(0, BOTH)).isEmpty();
    assertThat(queues.offeredTo(CLARA)).isEmpty();
    assertThat(queues.offeredUntil(EVENING, Page.Request.first(10)).items()).isEmpty();
    assertThat(queues.loads(CLERKS)).isEmpty();
    assertThat(queues.standings(BOTH)).isEmpty();
  }

  @Test
  void whose_last_message_is_deleted_waits_no_longer_and_is_nobodys_work() {
    shop.keep(queued("a").make(), queued("b").taken(Sample.clara(), NOON).make());

    shop.keep(shop.conversation("a").withCounts(0, 0), shop.conversation("b").withCounts(0, 0));

    assertThat(queues.standings(BOTH)).isEmpty();
    assertThat(queues.loads(CLERKS)).isEmpty();
  }

  @Test
  @Tag("IN-14")
  void who_waits_in_an_inbox_that_goes_waits_in_its_heir() {
    shop.keep(Sample.workshop());
    shop.keep(Sample.sales());
    shop.keep(
        queued("a").make(),
        waiting("b", LATER).in(Sample.sales()).make(),
        queued("c").taken(Sample.clara(), NOON).make());

    shop.commit(shop.change().dropInbox(WORKSHOP, SALES));

    assertThat(waitingIn(WORKSHOP, 10)).isEmpty();
    assertThat(waitingIn(SALES, 10)).containsExactly("a", "b");
    assertThat(inHand(SALES, 10)).containsExactly("c");
    assertThat(queues.standings(BOTH))
        .isEqualTo(Map.of(SALES, new QueueStanding(2, 0, 1, NOON, NOON)));
    assertThat(queues.loads(CLERKS))
        .isEqualTo(Map.of(CLARA, List.of(new AgentLoad(SALES, Channel.EMAIL, 1, 0))));
  }

  @Test
  void of_very_many_who_are_asked_for_each_that_has_something_is_found() {
    shop.keep(queued("a").make(), queued("b").taken(Sample.clara(), NOON).make());
    List<AgentId> agents = new ArrayList<>();
    List<InboxId> inboxes = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      agents.add(AgentId.of("agent-" + i));
      inboxes.add(InboxId.of("inbox-" + i));
    }
    agents.add(CLARA);
    inboxes.add(WORKSHOP);

    assertThat(queues.loads(agents)).containsOnlyKeys(CLARA);
    assertThat(queues.standings(inboxes)).containsOnlyKeys(WORKSHOP);
    assertThat(queues.at(0, inboxes)).extracting(Conversation::inbox).containsExactly(WORKSHOP);
  }

  @RepeatedTest(3)
  void whatever_happens_the_queues_are_what_looking_at_each_conversation_gives(
      RepetitionInfo info) {
    RandomQueues walk = new RandomQueues(shop, new Random(info.getCurrentRepetition()));

    for (int step = 0; step < 80; step++) {
      walk.step();

      walk.requireEqual(queues, "step " + step);
    }
  }

  @RepeatedTest(3)
  @Tag("IN-8")
  void of_many_who_empty_a_queue_nobody_gets_what_another_has_and_no_agent_too_much() {
    shop.commit(shop.change().conversations(queued(30)).documents(sessions()));

    List<String> taken = Race.drain(8, 30, this::takeOne);

    assertThat(taken).hasSize(2 * MOST).doesNotHaveDuplicates();
    assertThat(waitingIn(WORKSHOP, 100)).hasSize(30 - 2 * MOST).doesNotContainAnyElementsOf(taken);
    assertThat(queues.loads(CLERKS).values())
        .containsExactly(
            List.of(new AgentLoad(WORKSHOP, Channel.EMAIL, MOST, 0)),
            List.of(new AgentLoad(WORKSHOP, Channel.EMAIL, MOST, 0)));
    assertThat(shop.storage().documents().find(CLERKS.stream().map(AgentSession::keyOf).toList()))
        .allSatisfy(each -> assertThat(each.version()).isEqualTo(1 + MOST));
  }

  private static List<Conversation> queued(int count) {
    return IntStream.range(0, count).mapToObj(i -> queued("c" + i).make()).toList();
  }

  private static List<Document> sessions() {
    return Stream.of(Sample.clara(), Sample.dario())
        .map(agent -> (Document) AgentSession.never(agent, NOON).signedIn(agent, NOON))
        .toList();
  }

  /** What somebody took for an agent who can take one more; nothing when nobody can. */
  private List<String> takeOne() {
    while (true) {
      List<AgentSession> sessions = sessionsStored();
      Map<AgentId, List<AgentLoad>> loads = queues.loads(CLERKS);
      List<AgentSession> free =
          sessions.stream().filter(each -> load(loads, each.agent()) < MOST).toList();
      List<Conversation> head = queues.waiting(WORKSHOP, Page.Request.first(1)).items();
      if (free.isEmpty() || head.isEmpty()) {
        return List.of();
      }
      try {
        take(head.get(0), free.get(0));
        return idsOf(head);
      } catch (StaleVersion overtaken) {
        continue;
      }
    }
  }

  private List<AgentSession> sessionsStored() {
    return shop
        .storage()
        .documents()
        .find(CLERKS.stream().map(AgentSession::keyOf).toList())
        .stream()
        .map(AgentSession.class::cast)
        .toList();
  }

  private static int load(Map<AgentId, List<AgentLoad>> loads, Agent agent) {
    return loads.getOrDefault(agent.id(), List.of()).stream()
        .mapToInt(load -> load.active() + load.offered())
        .sum();
  }

  private void take(Conversation conversation, AgentSession session) {
    AgentId agent = session.agent().id();
    Conversation.State state = conversation.state();
    InboxChange.Builder change =
        InboxChange.builder().audit(List.of(shop.entry(AuditSubject.NONE)));
    shop.commit(
        change
            .conversations(
                List.of(
                    conversation.withState(
                        state.withAssignee(agent).withService(state.service().taken(agent, NOON)))))
            .documents(List.of(session.served(WORKSHOP, LocalDate.parse("2026-03-02"), NOON))));
  }

  private void change(String id, UnaryOperator<Conversation.State> change) {
    Conversation stored = shop.conversation(id);
    shop.keep(stored.withState(change.apply(stored.state())));
  }

  private List<String> waitingIn(InboxId inbox, int limit) {
    return idsOf(Shop.all(limit, page -> queues.waiting(inbox, page)));
  }

  private List<String> inHand(InboxId inbox, int limit) {
    return idsOf(Shop.all(limit, page -> queues.inHand(inbox, page)));
  }

  private static SampleConversation conversation(String id) {
    return SampleConversation.of(id);
  }

  private static SampleConversation queued(String id) {
    return waiting(id, NOON);
  }

  private static SampleConversation waiting(String id, Instant since) {
    return conversation(id).waitingSince(since);
  }

  private static List<String> idsOf(Collection<Conversation> conversations) {
    return conversations.stream().map(each -> each.id().value()).toList();
  }
}
