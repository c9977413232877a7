package io.engage.core;

import io.engage.core.queueing.QueuePlan;
import io.engage.core.queueing.Queueing;
import io.engage.core.queueing.Situation;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.spi.StaleVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers what waits in some inboxes until nobody has room or nothing is left that could be offered.
 * They may share members, so they take turns, in each of which one gives out a share: after each
 * round the one comes first whose head waits longest. How it is set up is read anew in each turn.
 */
final class Draining {
  private static final Logger LOG = LoggerFactory.getLogger(Draining.class);
  private static final int MOST_AT_ONCE = 100;
  private static final int SHARE = 20;
  private static final int ATTEMPTS = 100;
  private static final long PAUSE_NANOS = 50_000;
  private static final int INBOXES_AT_ONCE = 100;

  private final Parts parts;
  private final Situations situations;
  private final GivingOut givingOut;

  Draining(Parts parts, RandomGenerator random) {
    this.parts = parts;
    this.situations = new Situations(parts);
    this.givingOut = new GivingOut(parts, random);
  }

  /**
   * @param mayGoOn asked before each turn
   * @return how many offers were made
   */
  int drain(Collection<Inbox> inboxes, BooleanSupplier mayGoOn) {
    Drain drain = new Drain();
    List<InboxId> left = withRoom(waiting(distributed(inboxes)));
    int offered = 0;
    while (!left.isEmpty()) {
      int share = left.size() == 1 ? MOST_AT_ONCE : SHARE;
      List<InboxId> again = new ArrayList<>();
      for (InboxId inbox : left) {
        if (!mayGoOn.getAsBoolean()) {
          return offered;
        }
        offered += drain.turn(inbox, share);
        if (!drain.isDone(inbox)) {
          again.add(inbox);
        }
      }
      left = again.size() < 2 ? again : inTurn(again);
    }
    return offered;
  }

  private static List<Inbox> distributed(Collection<Inbox> inboxes) {
    return inboxes.stream().filter(each -> each.settings().strategy() != null).toList();
  }

  private List<Inbox> waiting(List<Inbox> inboxes) {
    Map<InboxId, Inbox> byId =
        inboxes.stream().collect(Collectors.toMap(Inbox::id, Function.identity()));
    return inTurn(List.copyOf(byId.keySet())).stream()
        .flatMap(each -> Stream.ofNullable(byId.get(each)))
        .toList();
  }

  /** A single one need not be read twice. */
  private List<InboxId> withRoom(List<Inbox> inboxes) {
    if (inboxes.size() < 2) {
      return inboxes.stream().map(Inbox::id).toList();
    }
    List<InboxId> withRoom = new ArrayList<>();
    for (int from = 0; from < inboxes.size(); from += INBOXES_AT_ONCE) {
      List<Inbox> some = inboxes.subList(from, Math.min(inboxes.size(), from + INBOXES_AT_ONCE));
      situations.of(some).stream()
          .filter(each -> Queueing.room(each) > 0)
          .map(Situation::inbox)
          .map(Inbox::id)
          .forEach(withRoom::add);
    }
    return withRoom;
  }

  /** Those in which somebody waits, whoever has waited longest first: one question for all. */
  private List<InboxId> inTurn(List<InboxId> inboxes) {
    return inboxes.isEmpty() ? inboxes : Queueing.order(parts.storage().queues().at(0, inboxes));
  }

  /**
   * One drain: what the host said, and how far each inbox has come. When somebody was faster,
   * everything is read and decided again, for fewer at once: the more there are at it, the smaller
   * the steps.
   */
  private final class Drain {
    private final HostsWord host = new HostsWord(parts);
    private final Map<InboxId, Pace> paces = new HashMap<>();

    boolean isDone(InboxId inbox) {
      return paces.getOrDefault(inbox, Pace.FIRST).done();
    }

    /** One inbox that fails holds up no other. */
    int turn(InboxId id, int share) {
      Pace pace = paces.getOrDefault(id, Pace.FIRST);
      try {
        QueuePlan plan = offer(id, Math.min(pace.most(), share));
        paces.put(id, pace.after(plan));
        return plan.offers().size();
      } catch (StaleVersion somebodyWasFaster) {
        paces.put(id, missed(id, pace, somebodyWasFaster));
      } catch (RuntimeException later) {
        paces.put(id, failed(id, later));
      }
      return 0;
    }

    private QueuePlan offer(InboxId id, int most) {
      return parts.storage().inboxes().inboxes(List.of(id)).stream()
          .findFirst()
          .map(inbox -> givingOut.offer(inbox, most, host))
          .orElse(QueuePlan.NOTHING);
    }

    private Pace missed(InboxId id, Pace pace, StaleVersion somebodyWasFaster) {
      if (pace.missed() + 1 == ATTEMPTS) {
        return failed(id, somebodyWasFaster);
      }
      LockSupport.parkNanos((pace.missed() + 1) * PAUSE_NANOS);
      return new Pace(Math.max(1, pace.most() / 2), pace.missed() + 1, false);
    }

    private static Pace failed(InboxId id, RuntimeException later) {
      LOG.warn(
          "What waits in inbox '{}' could not be offered; it is tried again soon",
          id,
          LoggedFailure.of(later));
      return new Pace(1, 0, true);
    }
  }

  /**
   * How one inbox gets on.
   *
   * @param most to be offered at once
   * @param missed how often somebody was faster since an offer was made
   */
  private record Pace(int most, int missed, boolean done) {
    static final Pace FIRST = new Pace(MOST_AT_ONCE, 0, false);

    Pace after(QueuePlan plan) {
      return new Pace(
          Math.min(MOST_AT_ONCE, most * 2), 0, plan.offers().isEmpty() || !plan.hasRoom());
    }
  }
}
