package io.engage.memory;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.customer.Person;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conversations by id, and in the lists that agents look at. */
final class ConversationTable {

  /** So many of one number are looked at. */
  private static final int MOST_SMS = 20;

  private final Map<ConversationId, Conversation> byId = new HashMap<>();
  private final Map<ConversationId, Trigrams> trigrams = new HashMap<>();
  private final Map<ConversationNumber, Set<ConversationId>> byNumber = new HashMap<>();
  private final Map<ConversationId, Set<ConversationId>> sideThreads = new HashMap<>();
  private final PersonIndex persons = new PersonIndex();
  private final Map<Facet, ConversationList> lists = new HashMap<>();
  private final QueueIndex queues = new QueueIndex();

  void check(List<Conversation> changed) {
    Versions versions = new Versions("conversation");
    for (Conversation each : changed) {
      Conversation stored = byId.get(each.id());
      versions.require(each.id().value(), each.version(), stored == null ? 0 : stored.version());
    }
  }

  void store(Conversation changed) {
    Conversation next = changed.withVersion(changed.version() + 1);
    Conversation earlier = byId.put(next.id(), next);
    trigrams.put(next.id(), Trigrams.of(next));
    byNumber.computeIfAbsent(next.number(), any -> new LinkedHashSet<>(2)).add(next.id());
    if (earlier != null) {
      unlist(earlier);
      queues.remove(earlier);
      persons.remove(Person.keysOf(earlier), earlier.id());
    }
    list(next);
    queues.add(next);
    persons.add(Person.keysOf(next), next.id());
    ConversationId main = next.exchange().sideOf();
    if (main != null) {
      sideThreads.computeIfAbsent(main, any -> new LinkedHashSet<>(2)).add(next.id());
    }
  }

  NavigableSet<String> of(Person person, @Nullable ConversationId after, int limit) {
    return persons.of(person, after, limit);
  }

  List<Conversation> besides(Collection<ConversationId> conversations) {
    return find(
        conversations.stream()
            .flatMap(id -> sideThreads.getOrDefault(id, Set.of()).stream())
            .toList());
  }

  /** The conversations of one inbox go over to another. */
  void succeed(InboxId gone, InboxId heir) {
    byId.values().stream()
        .filter(each -> each.inbox().equals(gone))
        .toList()
        .forEach(each -> store(each.in(heir)));
  }

  QueueIndex queues() {
    return queues;
  }

  List<Conversation> find(Collection<ConversationId> ids) {
    return ids.stream().distinct().map(byId::get).filter(Objects::nonNull).toList();
  }

  List<Conversation> numbered(Collection<ConversationNumber> numbers) {
    return find(
        numbers.stream()
            .flatMap(number -> byNumber.getOrDefault(number, Set.of()).stream())
            .toList());
  }

  Page<Conversation> find(ConversationFilter filter, Page.Request page) {
    Covering covering = new Covering(filter);
    Order order = filter.order();
    @Nullable Mark start = further(order, page.after(), beginning(order, covering));
    return Pages.page(
        new BoundedWalk<>(shortest(covering, order, start), beyond(order, covering)),
        new Matching(filter, trigrams),
        page.limit());
  }

  List<Conversation> sms(Collection<PhoneNumber> numbers) {
    return numbers.stream()
        .distinct()
        .flatMap(number -> Stream.of(new Facet(false, number), new Facet(true, number)))
        .map(lists::get)
        .filter(Objects::nonNull)
        .flatMap(list -> list.newest(MOST_SMS))
        .distinct()
        .sorted(Comparator.comparing(ConversationList::timeOf, Timeline.NEWEST_FIRST))
        .toList();
  }

  private void list(Conversation each) {
    if (each.isEmpty()) {
      return;
    }
    for (Facet facet : Facet.of(each)) {
      lists.computeIfAbsent(facet, any -> new ConversationList()).put(each);
    }
  }

  private void unlist(Conversation each) {
    if (each.isEmpty()) {
      return;
    }
    for (Facet facet : Facet.of(each)) {
      lists.computeIfPresent(facet, (any, list) -> without(list, each));
    }
  }

  private static @Nullable ConversationList without(ConversationList list, Conversation each) {
    list.remove(each);
    return list.isEmpty() ? null : list;
  }

  /** Of all the ways to reach what the filter wants, the one with the least to look through. */
  private Iterator<Map.Entry<Mark, Conversation>> shortest(
      Covering covering, Order order, @Nullable Mark start) {
    List<ConversationList> chosen =
        covering.ways().stream()
            .map(this::lists)
            .min(Comparator.comparingLong(ConversationTable::length))
            .orElseThrow();
    return new MergedWalk<>(
        chosen.stream().map(list -> list.walk(order, start)).toList(),
        ConversationList.comparator(order));
  }

  private List<ConversationList> lists(List<Facet> facets) {
    return facets.stream().map(lists::get).filter(Objects::nonNull).toList();
  }

  private static long length(List<ConversationList> some) {
    return some.stream().mapToLong(ConversationList::size).sum();
  }

  private static @Nullable Mark beginning(Order order, Covering covering) {
    return switch (order) {
      case NEWEST_FIRST -> endOf(covering.until());
      case OLDEST_FIRST -> endOf(covering.from());
      case URGENT_FIRST -> null;
    };
  }

  /** What is listed by urgency has its times all mixed. */
  private static Predicate<Mark> beyond(Order order, Covering covering) {
    Instant from = covering.from();
    Instant until = covering.until();
    return switch (order) {
      case NEWEST_FIRST -> mark -> from != null && mark.at().isBefore(from);
      case OLDEST_FIRST -> mark -> until != null && !mark.at().isBefore(until);
      case URGENT_FIRST -> mark -> false;
    };
  }

  /** No id is empty, so this stands older than everything of that moment. */
  private static @Nullable Mark endOf(@Nullable Instant moment) {
    return moment == null ? null : new Mark(moment, "");
  }

  private static @Nullable Mark further(Order order, @Nullable Mark one, @Nullable Mark other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return ConversationList.comparator(order).compare(one, other) >= 0 ? one : other;
  }
}
