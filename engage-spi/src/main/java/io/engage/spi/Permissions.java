package io.engage.spi;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Says who may do what in which inbox. It is asked before each action, once for all the inboxes
 * that the action touches.
 *
 * <p><b>Callers.</b> Agents' threads, several at once. It must not call back into Engage.
 *
 * <p><b>Failure.</b> When it throws, the action is not done.
 *
 * <p>{@code PermissionsContract} in engage-testkit has a test for each promise on this page.
 */
public interface Permissions {

  /**
   * Whether the agent may do this.
   *
   * @return an answer for each of the inboxes; one that is left out counts as refused
   */
  Map<InboxId, Permission> check(Agent agent, AgentAction action, Collection<InboxId> inboxes);

  /** Everybody may do everything: for a host that has asked before it called. */
  static Permissions everybody() {
    return (agent, action, inboxes) -> {
      Map<InboxId, Permission> answers = new HashMap<>();
      inboxes.forEach(inbox -> answers.put(inbox, Permission.granted()));
      return answers;
    };
  }
}
