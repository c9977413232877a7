package io.engage.memory;

import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Assignment;
import io.engage.model.conversation.ConversationFilter.Completion;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways to reach everything that a filter can ask for, so that the shortest can be walked. */
final class Covering {
  private final ConversationFilter filter;
  private final List<Criterion> conjuncts;

  Covering(ConversationFilter filter) {
    this.filter = filter;
    this.conjuncts = Stream.ofNullable(filter.criterion()).flatMap(Covering::conjuncts).toList();
  }

  /** Each element is a set of lists that together hold everything. */
  List<List<Facet>> ways() {
    List<List<Object>> ways = new ArrayList<>(properties(filter));
    conjuncts.forEach(each -> ways.addAll(ways(each)));
    Completion completion = completion();
    return ways.stream().map(way -> withCompletion(way, completion)).toList();
  }

  /** The newest message is from then or later; null means any. */
  @Nullable Instant from() {
    Instant from = filter.from();
    for (Criterion each : conjuncts) {
      if (each instanceof Criterion.Since since
          && since.column() == Criterion.TimeColumn.NEWEST
          && (from == null || since.start().isAfter(from))) {
        from = since.start();
      }
    }
    return from;
  }

  /** The newest message is from before then; null means any. */
  @Nullable Instant until() {
    Instant until = filter.until();
    for (Criterion each : conjuncts) {
      if (each instanceof Criterion.Before before
          && before.column() == Criterion.TimeColumn.NEWEST
          && (until == null || before.end().isBefore(until))) {
        until = before.end();
      }
    }
    return until;
  }

  private static List<List<Object>> properties(ConversationFilter filter) {
    List<List<Object>> ways = new ArrayList<>();
    ways.add(List.of(Facet.Plain.ANY));
    if (!filter.inboxes().isEmpty()) {
      ways.add(List.copyOf(filter.inboxes()));
    }
    if (filter.assignee() != null) {
      ways.add(List.of(filter.assignee()));
    }
    if (filter.assignment() == Assignment.NOBODY) {
      ways.add(List.of(Facet.Plain.UNASSIGNED));
    }
    if (filter.customer() != null) {
      ways.add(List.of(filter.customer()));
    }
    if (Boolean.FALSE.equals(filter.linked())) {
      ways.add(List.of(Facet.Plain.UNLINKED));
    }
    if (filter.unreadOnly()) {
      ways.add(List.of(Facet.Plain.UNREAD));
    }
    if (filter.channel() != null) {
      ways.add(List.of(filter.channel()));
    }
    return ways;
  }

  /** What has to be so in any case. */
  private static Stream<Criterion> conjuncts(Criterion criterion) {
    return criterion instanceof Criterion.All all
        ? all.of().stream().flatMap(Covering::conjuncts)
        : Stream.of(criterion);
  }

  private static List<List<Object>> ways(Criterion criterion) {
    if (criterion instanceof Criterion.All all) {
      return all.of().stream().flatMap(each -> ways(each).stream()).toList();
    } else if (criterion instanceof Criterion.Any any) {
      return together(any.of().stream().map(Covering::ways).toList());
    } else if (criterion instanceof Criterion.Not not) {
      return not.of() instanceof Criterion.Is is ? without(is.claim()) : List.of();
    } else if (criterion instanceof Criterion.Is is) {
      return with(is.claim());
    }
    return leaf(criterion);
  }

  /** Alternatives can be reached when each of them can. */
  private static List<List<Object>> together(List<List<List<Object>>> alternatives) {
    if (alternatives.stream().anyMatch(List::isEmpty)) {
      return List.of();
    }
    return List.of(alternatives.stream().flatMap(each -> each.get(0).stream()).distinct().toList());
  }

  private static List<List<Object>> leaf(Criterion criterion) {
    if (criterion instanceof Criterion.InInboxes in) {
      return List.of(List.copyOf(in.inboxes()));
    } else if (criterion instanceof Criterion.WithCustomers with) {
      return List.of(List.copyOf(with.customers()));
    } else if (criterion instanceof Criterion.AssignedTo to) {
      return List.of(List.of(to.agent()));
    } else if (criterion instanceof Criterion.HandledBy by) {
      return List.of(List.of(new Facet.Handler(by.agent())));
    } else if (criterion instanceof Criterion.Tagged tagged) {
      return List.of(List.of(new Facet.Tag(tagged.tag())));
    } else if (criterion instanceof Criterion.Through through) {
      return List.of(List.of(through.channel()));
    } else if (criterion instanceof Criterion.ToCampaigns to) {
      return List.of(List.copyOf(to.campaigns()));
    } else if (criterion instanceof Criterion.Besides besides) {
      return List.of(List.of(new Facet.Beside(besides.conversation())));
    }
    return List.of();
  }

  private static List<List<Object>> with(Claim claim) {
    return switch (claim) {
      case UNREAD -> List.of(List.of(Facet.Plain.UNREAD));
      case SIDE_THREAD -> List.of(List.of(Facet.Plain.SIDE_THREAD));
      case COMPLETED, LINKED, ASSIGNED -> List.of();
    };
  }

  private static List<List<Object>> without(Claim claim) {
    return switch (claim) {
      case LINKED -> List.of(List.of(Facet.Plain.UNLINKED));
      case ASSIGNED -> List.of(List.of(Facet.Plain.UNASSIGNED));
      case COMPLETED, UNREAD, SIDE_THREAD -> List.of();
    };
  }

  private Completion completion() {
    Criterion completed = new Criterion.Is(Claim.COMPLETED);
    if (filter.completion() != Completion.BOTH) {
      return filter.completion();
    } else if (conjuncts.contains(completed)) {
      return Completion.COMPLETED;
    }
    return conjuncts.contains(new Criterion.Not(completed)) ? Completion.OPEN : Completion.BOTH;
  }

  private static List<Facet> withCompletion(List<Object> way, Completion completion) {
    List<Facet> facets = new ArrayList<>();
    for (Object of : way) {
      if (completion != Completion.COMPLETED) {
        facets.add(new Facet(false, of));
      }
      if (completion != Completion.OPEN) {
        facets.add(new Facet(true, of));
      }
    }
    return facets;
  }
}
