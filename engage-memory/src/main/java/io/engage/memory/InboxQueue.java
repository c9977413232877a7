package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.QueueState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who waits and who is worked on in one inbox, changed with each of its conversations. */
final class InboxQueue {
  /** Stands behind everything whose moment is known. */
  private static final Instant UNKNOWN = Instant.MAX;

  private final Timeline<Conversation> queued = Timeline.oldestFirst();
  private final Timeline<Conversation> inHand = Timeline.urgentFirst();
  private final Timeline<Conversation> queuedSince = Timeline.oldestFirst();
  private final Timeline<Conversation> offeredSince = Timeline.oldestFirst();
  private final Timeline<Conversation> activeSince = Timeline.oldestFirst();

  void add(Conversation each) {
    since(each.queueState()).put(sinceOf(each), each);
    if (each.queueState() == QueueState.QUEUED) {
      queued.put(placeOf(each), each);
    } else {
      inHand.put(inHandOf(each), each);
    }
  }

  void remove(Conversation each) {
    since(each.queueState()).remove(sinceOf(each));
    if (each.queueState() == QueueState.QUEUED) {
      queued.remove(placeOf(each));
    } else {
      inHand.remove(inHandOf(each));
    }
  }

  boolean isEmpty() {
    return queuedSince.isEmpty() && offeredSince.isEmpty() && activeSince.isEmpty();
  }

  Optional<Conversation> at(int before) {
    return queued.all().stream().skip(before).findFirst();
  }

  Page<Conversation> queued(Page.Request page) {
    return queued.page(page);
  }

  Page<Conversation> inHand(Page.Request page) {
    return inHand.page(page);
  }

  QueueStanding standing() {
    return new QueueStanding(
        queuedSince.size(),
        offeredSince.size(),
        activeSince.size(),
        older(oldest(queuedSince), oldest(offeredSince)),
        oldest(activeSince));
  }

  private Timeline<Conversation> since(QueueState state) {
    return switch (state) {
      case QUEUED -> queuedSince;
      case OFFERED -> offeredSince;
      case ACTIVE -> activeSince;
      case IDLE, COMPLETED ->
          throw new IllegalStateException("Who is '%s' stands nowhere".formatted(state.code()));
    };
  }

  private static Mark sinceOf(Conversation each) {
    @Nullable Instant since =
        each.queueState() == QueueState.ACTIVE
            ? each.state().service().takenAt()
            : each.state().service().waitingSince();
    return new Mark(Objects.requireNonNullElse(since, UNKNOWN), each.id().value());
  }

  private static Mark placeOf(Conversation each) {
    return new Mark(each.state().findPlace().orElse(UNKNOWN), each.id().value());
  }

  private static Mark inHandOf(Conversation each) {
    int rank = each.queueState() == QueueState.ACTIVE ? 0 : 1;
    return new Mark(rank, Instant.EPOCH, each.id().value());
  }

  private static @Nullable Instant oldest(Timeline<Conversation> since) {
    Mark first = since.first();
    return first == null || first.at().equals(UNKNOWN) ? null : first.at();
  }

  private static @Nullable Instant older(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
