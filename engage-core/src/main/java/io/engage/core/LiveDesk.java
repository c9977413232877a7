package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.picturing.Parking;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.InboxPicture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a supervisor looks on while others work: who does what, who waits, and how well it goes.
 * The agent needs {@link AgentAction#SUPERVISE} in the inbox.
 *
 * <p>Thread-safe.
 */
public final class LiveDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDesk.class);

  private final Parts parts;
  private final Permitting permitting;
  private final LiveView live;

  LiveDesk(Parts parts, Permitting permitting, LiveView live) {
    this.parts = parts;
    this.permitting = permitting;
    this.live = live;
  }

  /**
   * An inbox at this moment, counted anew from the store: what waits, what is worked on and what
   * was done today is read for it. Whoever wants to see it again and again watches it.
   */
  public Outcome<InboxPicture> now(InboxId inbox) {
    return permitting.onInbox(
        AgentAction.SUPERVISE, inbox, found -> new Outcome.Done<>(live.now(found)));
  }

  /**
   * An inbox as it changes: the picture of now first, then a new one within about a second whenever
   * something has changed. Moments stand in it, such as since when somebody waits, so that nothing
   * is sent because time goes by.
   *
   * <p>Any number of subscribers may look, on any number of nodes. Each is called on threads of
   * Engage, one call at a time. One that asks for less than there is gets the newest picture when
   * it asks again, and holds up nobody. It ends with {@code onComplete} when the inbox goes, when
   * Engage is closed, and within about half a minute when the agent may no longer look. A store
   * that cannot be reached at the beginning is told by {@code onError}; later it is waited for.
   * Whoever subscribes is asked for the permission again, and told by {@code onError} when it is
   * gone.
   */
  public Outcome<Flow.Publisher<InboxPicture>> watch(InboxId inbox) {
    return permitting.onInbox(
        AgentAction.SUPERVISE,
        inbox,
        found -> new Outcome.Done<>(subscriber -> subscribe(inbox, subscriber)));
  }

  /** What was permitted once may be kept and subscribed to long after. */
  private void subscribe(InboxId inbox, Flow.Subscriber<? super InboxPicture> subscriber) {
    requireNonNull(subscriber, "subscriber");
    try {
      Map<InboxId, String> refusals = permitting.refusals(AgentAction.SUPERVISE, List.of(inbox));
      if (refusals.isEmpty()) {
        live.subscribe(inbox, subscriber, () -> mayGoOn(inbox));
      } else {
        Spying.refuse(subscriber, new IllegalStateException(refusals.get(inbox)));
      }
    } catch (RuntimeException unreachable) {
      Spying.refuse(subscriber, unreachable);
    }
  }

  /** A host that cannot say so now is asked again when the supervisor comes back. */
  private boolean mayGoOn(InboxId inbox) {
    try {
      return permitting.permitted(AgentAction.SUPERVISE, Set.of(inbox)).contains(inbox);
    } catch (RuntimeException unknown) {
      LOG.warn("It is not known who may watch inbox '{}' now", inbox, LoggedFailure.of(unknown));
      return false;
    }
  }

  /**
   * Who waits in an inbox and has not been offered to anybody, in the order in which they are
   * served; those behind the limit of the queue too.
   *
   * @param after the end of the page before; null for the beginning
   * @param limit at most so many, 1 to {@value Page.Request#MOST}
   */
  public Outcome<WaitingPage> waiting(InboxId inbox, WaitingPage.@Nullable Mark after, int limit) {
    Page.Request page = new Page.Request(after == null ? null : after.behind(), limit);
    int before = after == null ? 0 : after.place();
    return permitting.onInbox(
        AgentAction.SUPERVISE, inbox, found -> new Outcome.Done<>(waiting(found, page, before)));
  }

  private WaitingPage waiting(Inbox inbox, Page.Request request, int before) {
    Page<Conversation> page = parts.storage().queues().waiting(inbox.id(), request);
    Page.Mark next = page.next();
    return new WaitingPage(
        Parking.decide(page.items(), before, inbox.settings().limits()),
        next == null ? null : new WaitingPage.Mark(next, before + page.items().size()));
  }
}
