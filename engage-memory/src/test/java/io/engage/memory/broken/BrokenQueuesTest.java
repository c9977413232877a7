package io.engage.memory.broken;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.QueueState;
import io.engage.spi.Heartbeats;
import io.engage.spi.Queues;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suites of queues and heartbeats find what is wrong with a storage. */
class BrokenQueuesTest extends BrokenStorages {

  static Stream<Arguments> a_broken_storage_is_found_out() {
    return Stream.of(places(), offers(), loads(), standings(), commits(), heartbeats())
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> places() {
    return Stream.of(
        fault(
            "it knows no priorities",
            "of_those_who_came_together_the_lowest_priority_comes_first_then_the_lower_id",
            "waiting",
            (queues, args) ->
                sorted(queues, args, Comparator.comparing(each -> since(each).toString()))),
        fault(
            "it sorts ids as people do",
            "of_those_who_came_together_the_lowest_priority_comes_first_then_the_lower_id",
            "waiting",
            (queues, args) ->
                sorted(
                    queues,
                    args,
                    Comparator.comparing(BrokenQueuesTest::place)
                        .thenComparing(each -> each.id().value().toLowerCase(Locale.ROOT)))),
        fault(
            "it lets urgent ones go first for ever",
            "a_step_of_priority_counts_as_a_minute_of_waiting",
            "waiting",
            (queues, args) ->
                sorted(
                    queues,
                    args,
                    Comparator.comparingInt((Conversation each) -> each.state().priority())
                        .thenComparing(BrokenQueuesTest::since)
                        .thenComparing(each -> each.id().value()))),
        fault(
            "it takes a priority for as many minutes as it says",
            "whatever_the_priority_nobody_is_moved_by_more_than_a_day",
            "waiting",
            (queues, args) ->
                sorted(
                    queues,
                    args,
                    Comparator.comparing(
                        each -> since(each).plusSeconds(60L * each.state().priority())))),
        fault(
            "it lets the oldest message go first",
            "whatever_happens_the_queues_are_what_looking_at_each_conversation_gives",
            "waiting",
            (queues, args) ->
                sorted(
                    queues,
                    args,
                    Comparator.comparing(Conversation::lastMessageAt)
                        .thenComparing(each -> each.id().value()))),
        fault(
            "it goes on behind the moment of a mark",
            "pages_end_exactly_where_the_queue_ends",
            "waiting",
            (queues, args) -> {
              Page.Request request = (Page.Request) args[1];
              Page.Mark after = request.after();
              return queues.waiting(
                  Broken.first(args),
                  after == null ? request : request.after(new Page.Mark(after.at(), "~")));
            }),
        fault(
            "it promises a page that is empty",
            "pages_end_exactly_where_the_queue_ends",
            "waiting",
            (queues, args) -> {
              Page<Conversation> page = queues.waiting(Broken.first(args), (Page.Request) args[1]);
              return page.items().isEmpty()
                  ? page
                  : new Page<>(page.items(), markOf(page.items().get(page.items().size() - 1)));
            }),
        fault(
            "it forgets what is offered",
            "what_is_in_hand_in_an_inbox_is_what_is_worked_on_and_then_what_is_offered",
            "inHand",
            (queues, args) -> {
              Page<Conversation> page = queues.inHand(Broken.first(args), (Page.Request) args[1]);
              return new Page<>(
                  page.items().stream()
                      .filter(each -> each.queueState() == QueueState.ACTIVE)
                      .toList(),
                  page.next());
            }),
        fault(
            "it forgets on which of two lists a mark is",
            "pages_of_what_is_in_hand_end_exactly_where_it_ends",
            "inHand",
            (queues, args) -> {
              Page.Request request = (Page.Request) args[1];
              Page.Mark after = request.after();
              return queues.inHand(
                  Broken.first(args),
                  after == null ? request : request.after(new Page.Mark(after.at(), after.id())));
            }),
        fault(
            "it has somebody wait in every inbox",
            "an_inbox_is_waited_in_while_somebody_is_queued_there",
            "at",
            (queues, args) ->
                Broken.<Collection<InboxId>>second(args).stream()
                    .distinct()
                    .flatMap(
                        inbox ->
                            Stream.concat(
                                    queues.waiting(inbox, Page.Request.first(1)).items().stream(),
                                    Stream.of(Sample.conversation("ghost")))
                                .limit(1))
                    .toList()),
        fault(
            "it names a head as often as it is asked",
            "an_inbox_is_waited_in_while_somebody_is_queued_there",
            "at",
            (queues, args) -> {
              Collection<InboxId> asked = Broken.second(args);
              List<Conversation> heads = queues.at((int) args[0], asked);
              return asked.stream()
                  .flatMap(inbox -> heads.stream().filter(each -> each.inbox().equals(inbox)))
                  .toList();
            }),
        fault(
            "it counts places from one",
            "a_place_in_the_queue_is_that_of_a_page_of_it",
            "at",
            (queues, args) -> queues.at(Math.max(0, (int) args[0] - 1), Broken.second(args))));
  }

  private static Stream<Arguments> offers() {
    return Stream.of(
        fault(
            "it begins with the newest offer",
            "what_is_offered_to_an_agent_comes_with_the_oldest_offer_first",
            "offeredTo",
            (queues, args) -> reversed(queues.offeredTo(Broken.first(args)))),
        fault(
            "it lets an offer stand for a moment longer",
            "an_offer_is_unanswered_from_its_end_on_the_earliest_first",
            "offeredUntil",
            (queues, args) ->
                queues.offeredUntil(((Instant) args[0]).minusMillis(1), (Page.Request) args[1])),
        fault(
            "it goes on with all offers that end at the same moment",
            "pages_of_what_is_offered_go_on_where_they_ended_also_when_that_one_was_answered",
            "offeredUntil",
            (queues, args) -> {
              Page.Request request = (Page.Request) args[1];
              Page.Mark after = request.after();
              return queues.offeredUntil(
                  (Instant) args[0],
                  after == null ? request : request.after(new Page.Mark(after.at(), "")));
            }),
        fault(
            "it leaves out those that have been unanswered longest",
            "an_offer_is_unanswered_from_its_end_on_the_earliest_first",
            "offeredUntil",
            (queues, args) -> {
              List<Conversation> all =
                  queues.offeredUntil((Instant) args[0], Page.Request.first(100)).items();
              int limit = ((Page.Request) args[1]).limit();
              return new Page<>(all.subList(Math.max(0, all.size() - limit), all.size()), null);
            }));
  }

  private static Stream<Arguments> loads() {
    Map<Queues, Map<Object, Object>> earlier = new ConcurrentHashMap<>();
    return Stream.of(
        fault(
            "it does not count offers",
            "an_agent_has_what_they_work_on_and_what_they_are_offered_by_inbox_and_channel",
            "loads",
            (queues, args) ->
                mapped(
                    queues.loads(Broken.first(args)),
                    load -> new AgentLoad(load.inbox(), load.channel(), load.active(), 0))),
        fault(
            "it knows those who have nothing",
            "who_has_nothing_and_who_was_not_asked_for_is_left_out",
            "loads",
            (queues, args) -> {
              Map<AgentId, List<AgentLoad>> all = new HashMap<>(queues.loads(Broken.first(args)));
              Broken.<Collection<AgentId>>first(args)
                  .forEach(agent -> all.putIfAbsent(agent, List.of()));
              return all;
            }),
        fault(
            "it tells loads as they were a moment ago",
            "of_many_who_empty_a_queue_nobody_gets_what_another_has_and_no_agent_too_much",
            "loads",
            (queues, args) -> {
              Map<Object, Object> before =
                  earlier.computeIfAbsent(queues, any -> new ConcurrentHashMap<>());
              Object now = queues.loads(Broken.first(args));
              return Objects.requireNonNullElse(before.put("loads", now), now);
            }));
  }

  private static Stream<Arguments> standings() {
    return Stream.of(
        fault(
            "it forgets who waits while somebody is asked",
            "an_inbox_stands_as_its_conversations_do",
            "standings",
            (queues, args) -> standings(queues, Broken.first(args), BrokenQueuesTest::ofTheQueued)),
        fault(
            "it takes what it does not know for long ago",
            "moments_that_are_not_known_are_nobodys_longest",
            "standings",
            (queues, args) ->
                standings(
                    queues,
                    Broken.first(args),
                    each ->
                        new QueueStanding(
                            each.queued(),
                            each.offered(),
                            each.active(),
                            Objects.requireNonNullElse(each.longestWaiting(), Instant.EPOCH),
                            each.longestActive()))),
        fault(
            "it shows inboxes in which nothing happens",
            "an_inbox_in_which_nobody_waits_or_works_is_left_out",
            "standings",
            (queues, args) ->
                Broken.<Collection<InboxId>>first(args).stream()
                    .distinct()
                    .collect(
                        Collectors.toMap(
                            inbox -> inbox,
                            inbox ->
                                queues
                                    .standings(List.of(inbox))
                                    .getOrDefault(inbox, QueueStanding.EMPTY)))));
  }

  private static QueueStanding ofTheQueued(QueueStanding each) {
    return new QueueStanding(
        each.queued(),
        each.offered(),
        each.active(),
        each.queued() == 0 ? null : Sample.MONDAY,
        each.longestActive());
  }

  private static Stream<Arguments> commits() {
    return Stream.of(
        Arguments.of(
            "it takes side threads for conversations with customers",
            Suites.OfQueues.class,
            "side_threads_and_empty_conversations_are_nowhere_whoever_has_them",
            breaking(
                good ->
                    Broken.commits(
                        good,
                        (store, args) -> {
                          store.commit(
                              conversations(Broken.first(args), BrokenQueuesTest::mainThread));
                          return null;
                        }))),
        Arguments.of(
            "it forgets who had a conversation",
            Suites.OfSearch.class,
            "who_has_a_conversation_and_who_had_it_find_it",
            breaking(
                good ->
                    Broken.search(
                        good,
                        "find",
                        (search, args) ->
                            search.find(
                                assignedOnly((ConversationFilter) args[0]),
                                (Page.Request) args[1])))),
        Arguments.of(
            "it loses how far a conversation has come",
            Suites.OfInboxes.class,
            "how_far_a_conversation_has_come_is_found_as_it_was_stored",
            breaking(
                good ->
                    Broken.commits(
                        good,
                        (store, args) -> {
                          store.commit(
                              conversations(Broken.first(args), BrokenQueuesTest::placeless));
                          return null;
                        }))));
  }

  private static Stream<Arguments> heartbeats() {
    return Stream.of(
        beating(
            "it is patient for a moment longer",
            "an_agent_is_silent_from_the_moment_on_until_which_they_were_there",
            "silent",
            (heartbeats, args) ->
                heartbeats.silent(((Instant) args[0]).minusMillis(1), (int) args[1])),
        beating(
            "it begins with the lowest id",
            "the_longest_silent_come_first_then_those_with_the_lower_id",
            "silent",
            (heartbeats, args) ->
                heartbeats.silent((Instant) args[0], (int) args[1]).stream()
                    .sorted(Comparator.comparing(AgentId::value))
                    .toList()),
        beating(
            "it tells everybody at once",
            "at_most_as_many_are_told_as_are_asked_for_the_longest_silent_of_all",
            "silent",
            (heartbeats, args) -> heartbeats.silent((Instant) args[0], 1000)),
        beating(
            "it tells of each once",
            "the_silent_are_told_again_until_they_are_forgotten",
            "silent",
            (heartbeats, args) -> {
              List<AgentId> silent = heartbeats.silent((Instant) args[0], (int) args[1]);
              silent.forEach(each -> heartbeats.forget(each, (Instant) args[0]));
              return silent;
            }),
        beating(
            "it calls silent whom it does not know",
            "one_agent_is_silent_when_they_are_told_among_the_silent",
            "isSilent",
            (heartbeats, args) ->
                heartbeats.isSilent(Broken.first(args), (Instant) args[1])
                    || !heartbeats.silent(Instant.MAX, 1000).contains(args[0])),
        beating(
            "it forgets who has given a sign since",
            "whoever_has_given_a_sign_since_is_not_forgotten",
            "forget",
            (heartbeats, args) -> {
              heartbeats.forget(Broken.first(args), Instant.MAX);
              return null;
            }),
        beating(
            "it does not forget",
            "the_silent_are_told_again_until_they_are_forgotten",
            "forget",
            (heartbeats, args) -> null),
        beating(
            "it keeps the latest end instead of the last one told",
            "the_last_sign_counts_also_when_it_ends_sooner",
            "beat",
            (heartbeats, args) -> {
              Instant end = (Instant) args[1];
              boolean known = heartbeats.silent(Instant.MAX, 1000).contains(args[0]);
              if (!known || heartbeats.silent(end, 1000).contains(args[0])) {
                heartbeats.beat(Broken.first(args), end);
              }
              return null;
            }),
        beating(
            "it cuts off spaces",
            "ids_of_any_letters_and_lengths_are_told_apart",
            "beat",
            (heartbeats, args) -> {
              heartbeats.beat(
                  AgentId.of(Broken.<AgentId>first(args).value().strip()), (Instant) args[1]);
              return null;
            }));
  }

  private static InboxChange conversations(InboxChange change, UnaryOperator<Conversation> broken) {
    return new InboxChange(
        change.inboxes(),
        change.conversations().stream().map(broken).toList(),
        change.messages(),
        change.ledger(),
        change.cursor(),
        change.outbox(),
        change.settlements(),
        change.withdrawn(),
        change.documents(),
        change.dropped(),
        change.audit());
  }

  private static Conversation mainThread(Conversation each) {
    Conversation.Exchange stored = each.exchange();
    return each.withExchange(
        Conversation.Exchange.NONE
            .withNewest(stored.label(), stored.preview())
            .of(stored.campaign()));
  }

  private static Conversation placeless(Conversation each) {
    return each.withState(each.state().withService(each.state().service().over()));
  }

  private static ConversationFilter assignedOnly(ConversationFilter filter) {
    return filter.criterion() instanceof Criterion.HandledBy by
        ? filter.matching(new Criterion.AssignedTo(by.agent()))
        : filter;
  }

  /** All in another order, in pages of that order. */
  private static Page<Conversation> sorted(
      Queues queues, Object[] args, Comparator<Conversation> order) {
    Page.Request request = (Page.Request) args[1];
    List<Conversation> all =
        queues.waiting(Broken.first(args), Page.Request.first(Page.Request.MOST)).items().stream()
            .sorted(order)
            .toList();
    Page.Mark after = request.after();
    int from = 0;
    for (int i = 0; after != null && i < all.size(); i++) {
      from = all.get(i).id().value().equals(after.id()) ? i + 1 : from;
    }
    int to = Math.min(all.size(), from + request.limit());
    return new Page<>(all.subList(from, to), to < all.size() ? markOf(all.get(to - 1)) : null);
  }

  private static Page.Mark markOf(Conversation each) {
    return new Page.Mark(place(each), each.id().value());
  }

  private static Instant place(Conversation each) {
    return each.state().findPlace().orElseThrow();
  }

  private static Instant since(Conversation each) {
    return Objects.requireNonNull(each.state().service().waitingSince());
  }

  private static Map<AgentId, List<AgentLoad>> mapped(
      Map<AgentId, List<AgentLoad>> loads, UnaryOperator<AgentLoad> broken) {
    return loads.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, each -> each.getValue().stream().map(broken).toList()));
  }

  private static Map<InboxId, QueueStanding> standings(
      Queues queues, Collection<InboxId> inboxes, UnaryOperator<QueueStanding> broken) {
    return queues.standings(inboxes).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> broken.apply(each.getValue())));
  }

  private static <T> List<T> reversed(List<T> all) {
    List<T> reversed = new ArrayList<>(all);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Arguments fault(
      String fault, String test, String method, Broken.Fault<Queues> instead) {
    return Arguments.of(
        fault, Suites.OfQueues.class, test, breaking(good -> Broken.queues(good, method, instead)));
  }

  private static Arguments beating(
      String fault, String test, String method, Broken.Fault<Heartbeats> instead) {
    return Arguments.of(
        fault,
        Suites.OfHeartbeats.class,
        test,
        breaking(good -> Broken.heartbeats(good, method, instead)));
  }

  private static UnaryOperator<Storage> breaking(UnaryOperator<Storage> breaking) {
    return breaking;
  }
}
