package io.engage.core;

import io.engage.core.queueing.Queueing;
import io.engage.core.queueing.Situation;
import io.engage.core.queueing.Stirred;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.spi.InboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers what waits to who is free, by the strategy of each inbox, and takes back what they do not
 * answer.
 *
 * <p>It happens by itself, soon after whatever makes it possible: a conversation is queued, an
 * agent signs in, ends a break or gets a place free, an inbox is set up otherwise. Some of this
 * nobody tells, as that an inbox opens, a call ends or a node dies; it is found within {@link
 * #SWEEP} while Engage runs.
 *
 * <p>Thread-safe; any number of nodes share the work. Each offer is one commit of the conversation
 * and of the session of its agent, so one conversation is never offered to two, and nobody is given
 * more than their limit.
 */
public final class DistributionDesk {
  /** How often all inboxes are looked at, on whatever node. */
  public static final Duration SWEEP = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(DistributionDesk.class);
  private static final String SWEEP_LEASE = "distribution";
  private static final int LAPSED_AT_ONCE = 100;
  private static final int INBOXES_AT_ONCE = 100;

  private final Parts parts;
  private final Situations situations;
  private final Draining draining;
  private final OfferAnswers answers;

  DistributionDesk(Parts parts, RandomGenerator random) {
    this.parts = parts;
    this.situations = new Situations(parts);
    this.draining = new Draining(parts, random);
    this.answers = new OfferAnswers(parts);
  }

  /**
   * Takes back offers whose time is over and offers what can be offered in all inboxes, now, on
   * this thread.
   *
   * @return how many offers were made
   */
  public int workOff() {
    return workOff(() -> true);
  }

  /**
   * The same, while it may go on.
   *
   * @param mayGoOn asked before each inbox
   */
  int workOff(BooleanSupplier mayGoOn) {
    lapse();
    return sweep(mayGoOn);
  }

  /** What is due, and everything when nobody has looked for long. */
  void tick(BooleanSupplier mayGoOn) {
    lapse();
    if (isSweepDue()) {
      sweep(mayGoOn);
    }
  }

  private int sweep(BooleanSupplier mayGoOn) {
    return offerIn(parts.storage().inboxes().inboxes(), mayGoOn);
  }

  /** The lease is not given back: until it ends, it says that somebody has looked. */
  private boolean isSweepDue() {
    Instant now = parts.clock().instant();
    return parts
        .storage()
        .leases()
        .acquire(SWEEP_LEASE, parts.ids().next(), now, now.plus(SWEEP))
        .isPresent();
  }

  /** Sees to what a commit has stirred. */
  void stirred(Stirred stirred) {
    stirred.gone().stream()
        .flatMap(agent -> parts.storage().queues().offeredTo(agent).stream())
        .forEach(each -> isTakenBack(each, answers::withdraw));
    offerIn(inboxes(stirred), () -> true);
  }

  /** Those of these inboxes in which something is to give and somebody may take it. */
  private int offerIn(Collection<Inbox> some, BooleanSupplier mayGoOn) {
    List<Inbox> distributed =
        some.stream().filter(each -> each.settings().strategy() != null).toList();
    int offered = 0;
    if (!distributed.isEmpty()) {
      for (Inbox inbox : inTurn(withRoom(waiting(distributed)))) {
        offered += mayGoOn.getAsBoolean() ? offerIn(inbox) : 0;
      }
    }
    return offered;
  }

  private List<Inbox> waiting(List<Inbox> inboxes) {
    Set<InboxId> waiting =
        Set.copyOf(
            parts.storage().queues().inboxesWaiting(inboxes.stream().map(Inbox::id).toList()));
    return inboxes.stream().filter(each -> waiting.contains(each.id())).toList();
  }

  /** A single one need not be read twice. */
  private List<Inbox> withRoom(List<Inbox> inboxes) {
    if (inboxes.size() < 2) {
      return inboxes;
    }
    List<Inbox> withRoom = new ArrayList<>();
    for (int from = 0; from < inboxes.size(); from += INBOXES_AT_ONCE) {
      List<Inbox> some = inboxes.subList(from, Math.min(inboxes.size(), from + INBOXES_AT_ONCE));
      situations.of(some).stream()
          .filter(each -> Queueing.room(each) > 0)
          .map(Situation::inbox)
          .forEach(withRoom::add);
    }
    return withRoom;
  }

  /** Inboxes may share members: the one in which somebody waits longest is seen to first. */
  private List<Inbox> inTurn(List<Inbox> inboxes) {
    if (inboxes.size() < 2) {
      return inboxes;
    }
    Map<InboxId, Inbox> byId =
        inboxes.stream().collect(Collectors.toMap(Inbox::id, Function.identity()));
    List<Conversation> heads =
        inboxes.stream()
            .flatMap(
                each ->
                    parts
                        .storage()
                        .queues()
                        .waiting(each.id(), Page.Request.first(1))
                        .items()
                        .stream())
            .toList();
    return Queueing.order(heads).stream()
        .flatMap(each -> Stream.ofNullable(byId.get(each)))
        .toList();
  }

  /** One inbox that fails holds up no other. */
  private int offerIn(Inbox inbox) {
    try {
      return draining.drain(inbox);
    } catch (RuntimeException later) {
      LOG.warn(
          "What waits in inbox '{}' could not be offered; it is tried again soon",
          inbox.id(),
          LoggedFailure.of(later));
      return 0;
    }
  }

  /** Ends when none of those that are due could be taken back. */
  private void lapse() {
    int ended;
    int lapsed;
    do {
      ended = 0;
      lapsed = 0;
      for (Conversation each : ended()) {
        ended++;
        lapsed += isTakenBack(each, answers::lapse) ? 1 : 0;
      }
    } while (ended == LAPSED_AT_ONCE && lapsed > 0);
  }

  private List<Conversation> ended() {
    return parts.storage().queues().unanswered(parts.clock().instant(), LAPSED_AT_ONCE);
  }

  /** One that fails holds up no other. */
  private static boolean isTakenBack(Conversation each, Predicate<ConversationId> takeBack) {
    try {
      return takeBack.test(each.id());
    } catch (RuntimeException later) {
      LOG.warn(
          "The offer of conversation '{}' could not be taken back; it is tried again soon",
          each.id(),
          LoggedFailure.of(later));
      return false;
    }
  }

  /** Each once. */
  private Collection<Inbox> inboxes(Stirred stirred) {
    Map<InboxId, Inbox> stirredOnes = new LinkedHashMap<>();
    InboxStore store = parts.storage().inboxes();
    store.inboxes(stirred.inboxes()).forEach(each -> stirredOnes.put(each.id(), each));
    store.inboxesOf(stirred.freed()).forEach(each -> stirredOnes.put(each.id(), each));
    return stirredOnes.values();
  }
}
