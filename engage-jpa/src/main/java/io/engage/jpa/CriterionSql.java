package io.engage.jpa;

import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Claim;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import java.util.ArrayList;
import java.util.List;

/** Criteria as conditions on a row {@code c} of engage_conversation. */
final class CriterionSql {
  private static final String HANDLED =
      """
      exists (select 1 from engage_conversation_facet h
        where h.conversation = c.id and h.facet = ?)\
      """;

  private CriterionSql() {}

  static Clause of(Criterion criterion) {
    if (criterion instanceof Criterion.All all) {
      return Clause.all(all.of().stream().map(CriterionSql::of).toList());
    } else if (criterion instanceof Criterion.Any any) {
      return Clause.any(any.of().stream().map(CriterionSql::of).toList());
    } else if (criterion instanceof Criterion.Not not) {
      return not.of() instanceof Criterion.Is is ? without(is.claim()) : of(not.of()).not();
    } else if (criterion instanceof Criterion.Is is) {
      return with(is.claim());
    } else if (criterion instanceof Criterion.Contains contains) {
      return contains(contains.column(), Texts.caseless(contains.words()));
    } else if (criterion instanceof Criterion.Since since) {
      return Clause.of(column(since.column()) + " >= ?", since.start());
    } else if (criterion instanceof Criterion.Before before) {
      return Clause.of(column(before.column()) + " < ?", before.end());
    }
    return property(criterion);
  }

  private static Clause property(Criterion criterion) {
    if (criterion instanceof Criterion.InInboxes in) {
      return Clause.isAnyOf("c.inbox", Clause.values(in.inboxes(), InboxId::value));
    } else if (criterion instanceof Criterion.WithCustomers with) {
      return Clause.isAnyOf("c.customer", Clause.values(with.customers(), CustomerId::value));
    } else if (criterion instanceof Criterion.AssignedTo to) {
      return Clause.of("c.assignee = ?", to.agent().value());
    } else if (criterion instanceof Criterion.Tagged tagged) {
      return Clause.of("? = any (c.tags)", tagged.tag());
    } else if (criterion instanceof Criterion.HandledBy by) {
      return Clause.of(HANDLED, FacetTable.ofHandler(by.agent()));
    } else if (criterion instanceof Criterion.Through through) {
      // Not an argument: the index of text messages is found by it.
      return Clause.of("c.channel = '" + through.channel().code() + "'");
    } else if (criterion instanceof Criterion.PriorityUpTo upTo) {
      return Clause.of("c.priority <= ?", upTo.priority());
    } else if (criterion instanceof Criterion.ToCampaigns to) {
      return Clause.isAnyOf("c.campaign", Clause.values(to.campaigns(), CampaignId::value));
    } else if (criterion instanceof Criterion.Besides besides) {
      return Clause.of("c.side_of = ?", besides.conversation().value());
    }
    throw new IllegalStateException(
        "Criterion '%s' is unknown to this store".formatted(criterion.getClass().getSimpleName()));
  }

  /** Somewhere in the subject, the address of a participant, or the customer's id. */
  static Clause hasWord(String word) {
    String wanted = Texts.caseless(word);
    return Clause.any(
        List.of(
            has("c.subject", wanted),
            has("c.senders", wanted),
            has("c.customer_caseless", wanted)));
  }

  private static Clause contains(TextColumn column, String wanted) {
    return switch (column) {
      case SUBJECT -> has("c.subject", wanted);
      case PREVIEW -> has("c.preview", wanted);
      case FROM -> {
        List<Clause> places = new ArrayList<>(List.of(has("c.label", wanted)));
        if (wanted.indexOf('\n') < 0) { // it parts the addresses
          places.add(has("c.senders", wanted));
        }
        yield Clause.any(places);
      }
    };
  }

  private static Clause has(String column, String wanted) {
    return Clause.of("position(? in " + column + ") > 0", wanted);
  }

  private static Clause with(Claim claim) {
    return Clause.of(
        switch (claim) {
          case COMPLETED -> "c.completed";
          case UNREAD -> "c.unread > 0";
          case LINKED -> "c.customer is not null";
          case ASSIGNED -> "c.assignee is not null";
          case SIDE_THREAD -> "c.side_of is not null";
        });
  }

  /** In the words of the indexes. */
  private static Clause without(Claim claim) {
    return Clause.of(
        switch (claim) {
          case COMPLETED -> "not c.completed";
          case UNREAD -> "c.unread = 0";
          case LINKED -> "c.customer is null";
          case ASSIGNED -> "c.assignee is null";
          case SIDE_THREAD -> "c.side_of is null";
        });
  }

  private static String column(TimeColumn column) {
    return switch (column) {
      case NEWEST -> "c.last_at";
      case OPENED -> "c.opened_at";
      case COMPLETED -> "c.completed_at";
    };
  }
}
