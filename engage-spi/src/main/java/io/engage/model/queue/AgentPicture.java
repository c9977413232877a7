package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.message.Channel;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does just now, as the live view of an inbox shows it.
 *
 * @param name their id when they never signed in
 * @param state in all inboxes together
 * @param since when {@code state} last changed, UTC; null when they were never there
 * @param pause the type of their break, {@link AgentSession#HANDLING} where to work on something is
 *     one; null while they are on none
 * @param call whether they are on the phone
 * @param channels through which they work on something, in whatever inbox
 * @param active what they work on in this inbox
 * @param offered what waits in this inbox for their word
 * @param completedIn what they completed today in this inbox, of what customers began
 * @param completedOut what they completed today in this inbox, of what agents began
 */
public record AgentPicture(
    AgentId agent,
    String name,
    AgentState state,
    @Nullable Instant since,
    @Nullable String pause,
    CallState call,
    Set<Channel> channels,
    int active,
    int offered,
    int completedIn,
    int completedOut) {
  public AgentPicture {
    requireNonNull(agent, "agent");
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(call, "call");
    Set<Channel> sorted = EnumSet.noneOf(Channel.class);
    sorted.addAll(channels);
    channels = Collections.unmodifiableSet(sorted);
  }
}
