package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.AgentSession.Served;
import io.engage.model.queue.AgentState;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an agent at one moment, as far as it concerns inboxes that are supervised by
 * whoever asks.
 *
 * @param agent with the id for a name when they never signed in
 * @param state whether they work on something in whatever inbox counts
 * @param pause the type of their break, {@link AgentSession#HANDLING} where to work on something is
 *     one; null while they are on none
 * @param begun when they signed in last; null when they never did
 * @param since when they came, went, or began or ended a break; null when they never did
 * @param memberOf in which inboxes they work
 * @param loads what they have, by inbox and channel
 * @param served what they were given, by inbox
 * @param working the open conversations that they work on, the newest first, at most {@value
 *     #MOST_WORKING}
 * @param unseen how many messages of supervisors they have not seen
 */
public record AgentInfo(
    Agent agent,
    AgentState state,
    CallState call,
    @Nullable String pause,
    @Nullable Instant begun,
    @Nullable Instant since,
    Set<InboxId> memberOf,
    List<AgentLoad> loads,
    Map<InboxId, Served> served,
    List<Conversation> working,
    long unseen) {
  /** How many conversations are named. */
  public static final int MOST_WORKING = 100;

  public AgentInfo {
    requireNonNull(agent, "agent");
    requireNonNull(state, "state");
    requireNonNull(call, "call");
    memberOf = Collections.unmodifiableSet(new LinkedHashSet<>(memberOf));
    loads = List.copyOf(loads);
    served = Map.copyOf(served);
    working = List.copyOf(working);
  }
}
