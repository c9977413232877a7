package io.engage.jpa;

import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Claim;
import io.engage.model.conversation.Criterion.TimeColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A filter as criteria of which each has to hold, and as words of which each has to be there. */
final class Conjuncts {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Conjuncts() {}

  static List<String> words(ConversationFilter filter) {
    return SPACE
        .splitAsStream(filter.words().strip())
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  static List<Criterion> of(ConversationFilter filter) {
    List<Criterion> all = new ArrayList<>();
    switch (filter.completion()) {
      case OPEN -> all.add(not(Claim.COMPLETED));
      case COMPLETED -> all.add(new Criterion.Is(Claim.COMPLETED));
      case BOTH -> {}
    }
    if (!filter.inboxes().isEmpty()) {
      all.add(new Criterion.InInboxes(filter.inboxes()));
    }
    addState(all, filter);
    addTimes(all, filter);
    if (filter.criterion() != null) {
      parts(filter.criterion()).forEach(all::add);
    }
    return all;
  }

  private static void addState(List<Criterion> all, ConversationFilter filter) {
    if (filter.assignee() != null) {
      all.add(new Criterion.AssignedTo(filter.assignee()));
    } else if (filter.assignment() == ConversationFilter.Assignment.NOBODY) {
      all.add(not(Claim.ASSIGNED));
    }
    if (filter.unreadOnly()) {
      all.add(new Criterion.Is(Claim.UNREAD));
    }
    if (filter.linked() != null) {
      all.add(filter.linked() ? new Criterion.Is(Claim.LINKED) : not(Claim.LINKED));
    }
    if (filter.customer() != null) {
      all.add(new Criterion.WithCustomers(Set.of(filter.customer())));
    }
    if (filter.channel() != null) {
      all.add(new Criterion.Through(filter.channel()));
    }
  }

  private static void addTimes(List<Criterion> all, ConversationFilter filter) {
    if (filter.from() != null) {
      all.add(new Criterion.Since(TimeColumn.NEWEST, filter.from()));
    }
    if (filter.until() != null) {
      all.add(new Criterion.Before(TimeColumn.NEWEST, filter.until()));
    }
  }

  private static Criterion not(Claim claim) {
    return new Criterion.Not(new Criterion.Is(claim));
  }

  private static Stream<Criterion> parts(Criterion criterion) {
    return criterion instanceof Criterion.All all
        ? all.of().stream().flatMap(Conjuncts::parts)
        : Stream.of(criterion);
  }
}
