package io.engage.testkit;

import io.engage.model.address.Address;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Claim;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Criteria by chance, as trees, and what they say of a conversation, found the plain way. */
final class RandomCriterion {
  private RandomCriterion() {}

  static Criterion next(Random random, int depth) {
    return switch (depth == 0 ? 9 : random.nextInt(10)) {
      case 0, 1 -> new Criterion.All(some(random, depth - 1));
      case 2, 3 -> new Criterion.Any(some(random, depth - 1));
      case 4 -> new Criterion.Not(next(random, depth - 1));
      default -> leaf(random);
    };
  }

  private static List<Criterion> some(Random random, int depth) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> next(random, depth)).toList();
  }

  private static Criterion leaf(Random random) {
    return switch (random.nextInt(14)) {
      case 0 -> new Criterion.Contains(any(random, TextColumn.values()), "aNa");
      case 1 -> new Criterion.Contains(any(random, TextColumn.values()), "strap");
      case 2 -> new Criterion.Since(any(random, TimeColumn.values()), moment(random));
      case 3 -> new Criterion.Before(any(random, TimeColumn.values()), moment(random));
      case 4, 5 -> new Criterion.Is(any(random, Claim.values()));
      case 6 -> new Criterion.InInboxes(inboxes(random));
      case 7 -> new Criterion.WithCustomers(Set.of(Sample.ana().id()));
      case 8 -> new Criterion.AssignedTo(Sample.clara().id());
      case 9 -> new Criterion.Tagged(random.nextBoolean() ? "vip" : "repair");
      case 10 -> new Criterion.Through(any(random, Channel.values()));
      case 11 -> new Criterion.ToCampaigns(Set.of(CampaignId.of("spring")));
      case 12 -> new Criterion.HandledBy(Sample.clara().id());
      default ->
          random.nextBoolean()
              ? new Criterion.PriorityUpTo(random.nextInt(4))
              : new Criterion.Besides(ConversationId.of("c" + random.nextInt(3)));
    };
  }

  private static Set<InboxId> inboxes(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Set.of();
      case 1 -> Set.of(Sample.sales().id());
      default -> Set.of(Sample.sales().id(), Sample.workshop().id());
    };
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static Instant moment(Random random) {
    return Sample.MONDAY.plusSeconds(random.nextInt(40));
  }

  static boolean holds(Criterion criterion, Conversation each) {
    if (criterion instanceof Criterion.All all) {
      return all.of().stream().allMatch(part -> holds(part, each));
    } else if (criterion instanceof Criterion.Any any) {
      return any.of().stream().anyMatch(part -> holds(part, each));
    } else if (criterion instanceof Criterion.Not not) {
      return !holds(not.of(), each);
    } else if (criterion instanceof Criterion.Contains contains) {
      String words = contains.words().toLowerCase(Locale.ROOT);
      return texts(contains.column(), each)
          .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(words));
    } else if (criterion instanceof Criterion.Since since) {
      return moment(since.column(), each).filter(at -> !at.isBefore(since.start())).isPresent();
    } else if (criterion instanceof Criterion.Before before) {
      return moment(before.column(), each).filter(at -> at.isBefore(before.end())).isPresent();
    }
    return leafHolds(criterion, each);
  }

  private static boolean leafHolds(Criterion criterion, Conversation each) {
    if (criterion instanceof Criterion.Is is) {
      return claimHolds(is.claim(), each);
    } else if (criterion instanceof Criterion.InInboxes in) {
      return in.inboxes().contains(each.inbox());
    } else if (criterion instanceof Criterion.WithCustomers with) {
      return each.findCustomer().filter(with.customers()::contains).isPresent();
    } else if (criterion instanceof Criterion.AssignedTo to) {
      return each.findAssignee().filter(to.agent()::equals).isPresent();
    } else if (criterion instanceof Criterion.HandledBy by) {
      return each.state().service().handlers().contains(by.agent());
    } else if (criterion instanceof Criterion.Tagged tagged) {
      return each.state().tags().contains(tagged.tag());
    } else if (criterion instanceof Criterion.Through through) {
      return each.channel() == through.channel();
    } else if (criterion instanceof Criterion.PriorityUpTo upTo) {
      return each.state().priority() <= upTo.priority();
    } else if (criterion instanceof Criterion.ToCampaigns to) {
      return each.findCampaign().filter(to.campaigns()::contains).isPresent();
    } else if (criterion instanceof Criterion.Besides besides) {
      return besides.conversation().equals(each.exchange().sideOf());
    }
    throw new IllegalStateException("A criterion that no test knows: " + criterion);
  }

  private static Stream<String> texts(TextColumn column, Conversation each) {
    return switch (column) {
      case FROM ->
          Stream.concat(
              Stream.of(each.exchange().label()), each.participants().stream().map(Address::value));
      case SUBJECT -> Stream.of(each.subject());
      case PREVIEW -> Stream.of(each.exchange().preview());
    };
  }

  private static Optional<Instant> moment(TimeColumn column, Conversation each) {
    return switch (column) {
      case NEWEST -> Optional.of(each.lastMessageAt());
      case OPENED -> Optional.of(each.openedAt());
      case COMPLETED -> Optional.ofNullable(each.state().completedAt());
    };
  }

  private static boolean claimHolds(Claim claim, Conversation each) {
    return switch (claim) {
      case COMPLETED -> each.isCompleted();
      case UNREAD -> each.unread() > 0;
      case LINKED -> each.findCustomer().isPresent();
      case ASSIGNED -> each.findAssignee().isPresent();
      case SIDE_THREAD -> each.exchange().sideOf() != null;
    };
  }
}
