package io.engage.core.queueing;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import java.util.Collection;
import java.util.List;

/**
 * A member of an inbox, as they are just now.
 *
 * @param loads what they have, in whatever inbox; read after the session, whose version holds it
 * @param mayBeOffered whether the host permits {@code AgentAction.BE_OFFERED} in this inbox
 */
public record Candidate(
    Member member,
    AgentSession session,
    CallState call,
    List<AgentLoad> loads,
    boolean mayBeOffered) {
  public Candidate {
    requireNonNull(member, "member");
    requireNonNull(session, "session");
    requireNonNull(call, "call");
    loads = List.copyOf(loads);
  }

  Candidate refused() {
    return new Candidate(member, session, call, loads, false);
  }

  AgentId agent() {
    return member.agent();
  }

  int load() {
    return loads.stream().mapToInt(Candidate::sum).sum();
  }

  int loadIn(InboxId inbox) {
    return loads.stream().filter(each -> each.inbox().equals(inbox)).mapToInt(Candidate::sum).sum();
  }

  /** Whether they have something in one of these. */
  boolean hasAnyIn(Collection<InboxId> inboxes) {
    return loads.stream().anyMatch(each -> sum(each) > 0 && inboxes.contains(each.inbox()));
  }

  private static int sum(AgentLoad load) {
    return load.active() + load.offered();
  }
}
