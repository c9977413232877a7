package io.engage.jpa;

import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Criterion;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By which lists everything is reached that a filter can want: those of some inboxes, of an agent,
 * of a tag.
 *
 * @param values whose lists
 */
record ListWay(Kind kind, List<String> values) {

  /** What lists there are, the shorter ones first. */
  enum Kind {
    CUSTOMER("customer"),
    BESIDES("side_of"),
    ASSIGNEE("assignee"),
    FACET("facet"),
    CAMPAIGN("campaign"),
    INBOX("inbox");

    private final String column;

    Kind(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  /**
   * A way, and what has to be looked at besides.
   *
   * @param way when it is empty, only the lists of all inboxes lead to everything
   */
  record Choice(Optional<ListWay> way, List<Criterion> rest) {}

  /** The shortest that is known without looking. */
  static Choice choose(List<Criterion> conjuncts) {
    Optional<Criterion> chosen =
        conjuncts.stream()
            .filter(each -> of(each).isPresent())
            .min(Comparator.comparing(each -> of(each).orElseThrow().kind()));
    List<Criterion> rest = new ArrayList<>(conjuncts);
    chosen.ifPresent(rest::remove);
    return new Choice(chosen.flatMap(ListWay::of), rest);
  }

  /** As rows of which each has the key of one list. */
  Clause lists() {
    return Clause.of("unnest(?) as list(key)", values);
  }

  private static Optional<ListWay> of(Criterion criterion) {
    if (criterion instanceof Criterion.InInboxes in) {
      return Optional.of(new ListWay(Kind.INBOX, Clause.values(in.inboxes(), InboxId::value)));
    } else if (criterion instanceof Criterion.WithCustomers with) {
      return Optional.of(
          new ListWay(Kind.CUSTOMER, Clause.values(with.customers(), CustomerId::value)));
    } else if (criterion instanceof Criterion.ToCampaigns to) {
      return Optional.of(
          new ListWay(Kind.CAMPAIGN, Clause.values(to.campaigns(), CampaignId::value)));
    } else if (criterion instanceof Criterion.AssignedTo to) {
      return Optional.of(new ListWay(Kind.ASSIGNEE, List.of(to.agent().value())));
    } else if (criterion instanceof Criterion.Tagged tagged) {
      return Optional.of(new ListWay(Kind.FACET, List.of(FacetTable.ofTag(tagged.tag()))));
    } else if (criterion instanceof Criterion.HandledBy by) {
      return Optional.of(new ListWay(Kind.FACET, List.of(FacetTable.ofHandler(by.agent()))));
    } else if (criterion instanceof Criterion.Besides besides) {
      return Optional.of(new ListWay(Kind.BESIDES, List.of(besides.conversation().value())));
    }
    return criterion instanceof Criterion.Any any ? together(any) : Optional.empty();
  }

  /** Alternatives of one kind, as one of several tags. */
  private static Optional<ListWay> together(Criterion.Any any) {
    List<Optional<ListWay>> ways = any.of().stream().map(ListWay::of).toList();
    Set<Kind> kinds = new LinkedHashSet<>();
    Set<String> values = new LinkedHashSet<>();
    for (Optional<ListWay> each : ways) {
      if (each.isEmpty()) {
        return Optional.empty();
      }
      kinds.add(each.get().kind());
      values.addAll(each.get().values());
    }
    return kinds.size() == 1
        ? Optional.of(new ListWay(kinds.iterator().next(), List.copyOf(values)))
        : Optional.empty();
  }
}
