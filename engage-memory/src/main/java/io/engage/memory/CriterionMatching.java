package io.engage.memory;

import io.engage.model.address.Address;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Criterion;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a conversation is as a criterion says. */
final class CriterionMatching {
  private CriterionMatching() {}

  /**
   * @param mayHold whether the conversation may have these words; it need not have them
   */
  static boolean matches(Criterion criterion, Conversation each, Predicate<String> mayHold) {
    if (criterion instanceof Criterion.All all) {
      return all.of().stream().allMatch(part -> matches(part, each, mayHold));
    } else if (criterion instanceof Criterion.Any any) {
      return any.of().stream().anyMatch(part -> matches(part, each, mayHold));
    } else if (criterion instanceof Criterion.Not not) {
      return !matches(not.of(), each, mayHold);
    }
    return criterion instanceof Criterion.Contains contains
        ? mayHold.test(contains.words()) && contains(contains, each)
        : matchesLeaf(criterion, each);
  }

  private static boolean matchesLeaf(Criterion criterion, Conversation each) {
    Conversation.State state = each.state();
    if (criterion instanceof Criterion.Since since) {
      Instant moment = moment(since.column(), each);
      return moment != null && !moment.isBefore(since.start());
    } else if (criterion instanceof Criterion.Before before) {
      Instant moment = moment(before.column(), each);
      return moment != null && moment.isBefore(before.end());
    } else if (criterion instanceof Criterion.Is is) {
      return holds(is.claim(), each);
    } else if (criterion instanceof Criterion.InInboxes in) {
      return in.inboxes().contains(each.inbox());
    } else if (criterion instanceof Criterion.WithCustomers with) {
      return state.customer() != null && with.customers().contains(state.customer());
    } else if (criterion instanceof Criterion.AssignedTo to) {
      return to.agent().equals(state.assignee());
    } else if (criterion instanceof Criterion.HandledBy by) {
      return state.service().handlers().contains(by.agent());
    } else if (criterion instanceof Criterion.Tagged tagged) {
      return state.tags().contains(tagged.tag());
    } else if (criterion instanceof Criterion.Through through) {
      return through.channel() == each.channel();
    } else if (criterion instanceof Criterion.PriorityUpTo upTo) {
      return state.priority() <= upTo.priority();
    } else if (criterion instanceof Criterion.ToCampaigns to) {
      return each.findCampaign().filter(to.campaigns()::contains).isPresent();
    } else if (criterion instanceof Criterion.Besides besides) {
      return besides.conversation().equals(each.exchange().sideOf());
    }
    throw new IllegalStateException(
        "Criterion '%s' is unknown to this store".formatted(criterion.getClass().getSimpleName()));
  }

  private static boolean contains(Criterion.Contains wanted, Conversation each) {
    return switch (wanted.column()) {
      case FROM ->
          Text.contains(each.exchange().label(), wanted.words())
              || each.participants().stream()
                  .map(Address::value)
                  .anyMatch(address -> Text.contains(address, wanted.words()));
      case SUBJECT -> Text.contains(each.subject(), wanted.words());
      case PREVIEW -> Text.contains(each.exchange().preview(), wanted.words());
    };
  }

  private static boolean holds(Criterion.Claim claim, Conversation each) {
    return switch (claim) {
      case COMPLETED -> each.isCompleted();
      case UNREAD -> each.unread() > 0;
      case LINKED -> each.findCustomer().isPresent();
      case ASSIGNED -> each.findAssignee().isPresent();
      case SIDE_THREAD -> each.isSideThread();
    };
  }

  private static @Nullable Instant moment(Criterion.TimeColumn column, Conversation each) {
    return switch (column) {
      case NEWEST -> each.lastMessageAt();
      case OPENED -> each.openedAt();
      case COMPLETED -> each.state().completedAt();
    };
  }
}
