package io.engage.memory;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conversations by id, and in the lists that agents look at. */
final class ConversationTable {

  /** So many of one number are looked at. */
  private static final int MOST_OPEN_SMS = 20;

  private final Map<ConversationId, Conversation> byId = new HashMap<>();
  private final Map<ConversationNumber, Set<ConversationId>> byNumber = new HashMap<>();
  private final Map<Facet, Timeline<Conversation>> lists = new HashMap<>();

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
    byNumber.computeIfAbsent(next.number(), any -> new LinkedHashSet<>(2)).add(next.id());
    if (earlier != null) {
      unlist(earlier);
    }
    list(next);
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
    @Nullable Mark start = later(page.after(), endOf(filter.until()));
    return Pages.page(
        new BoundedWalk<>(shortest(filter, start), filter.from()),
        new Matching(filter),
        page.limit());
  }

  List<Conversation> openSms(Collection<PhoneNumber> numbers) {
    return numbers.stream()
        .distinct()
        .map(number -> lists.get(Facet.openSms(number)))
        .filter(Objects::nonNull)
        .flatMap(list -> list.all().stream().limit(MOST_OPEN_SMS))
        .distinct()
        .sorted(Comparator.comparing(ConversationTable::markOf, Timeline.NEWEST_FIRST))
        .toList();
  }

  private void list(Conversation each) {
    if (each.isEmpty()) {
      return;
    }
    Mark mark = markOf(each);
    for (Facet facet : Facet.of(each)) {
      lists.computeIfAbsent(facet, any -> Timeline.newestFirst()).put(mark, each);
    }
  }

  private void unlist(Conversation each) {
    if (each.isEmpty()) {
      return;
    }
    Mark mark = markOf(each);
    for (Facet facet : Facet.of(each)) {
      lists.computeIfPresent(facet, (any, list) -> without(list, mark));
    }
  }

  private static @Nullable Timeline<Conversation> without(Timeline<Conversation> list, Mark mark) {
    list.remove(mark);
    return list.isEmpty() ? null : list;
  }

  /** Of all the ways to reach what the filter wants, the one with the least to look through. */
  private Iterator<Map.Entry<Mark, Conversation>> shortest(
      ConversationFilter filter, @Nullable Mark start) {
    List<Timeline<Conversation>> chosen =
        Facet.covering(filter).stream()
            .map(this::lists)
            .min(Comparator.comparingLong(ConversationTable::length))
            .orElseThrow();
    return new MergedWalk<>(
        chosen.stream().map(list -> list.walk(start)).toList(), Timeline.NEWEST_FIRST);
  }

  private List<Timeline<Conversation>> lists(List<Facet> facets) {
    return facets.stream().map(lists::get).filter(Objects::nonNull).toList();
  }

  private static long length(List<Timeline<Conversation>> some) {
    return some.stream().mapToLong(Timeline::size).sum();
  }

  private static Mark markOf(Conversation each) {
    return new Mark(each.lastMessageAt(), each.id().value());
  }

  /** No id is empty, so this stands behind everything of that moment. */
  private static @Nullable Mark endOf(@Nullable Instant moment) {
    return moment == null ? null : new Mark(moment, "");
  }

  private static @Nullable Mark later(@Nullable Mark one, @Nullable Mark other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Timeline.NEWEST_FIRST.compare(one, other) >= 0 ? one : other;
  }
}
