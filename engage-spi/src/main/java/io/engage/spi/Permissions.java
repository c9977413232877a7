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
 * <p><b>Callers.</b> Any thread, several at once. It must not call back into Engage. Besides what
 * agents do, it is asked about each agent to whom something is to be offered, and again about those
 * to whom something is offered, every few seconds: it should answer from memory.
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

  /**
   * Whether the agent may do this while there is no inbox yet: read the audit trail, write the
   * first template. As soon as there is one, {@link #check} is asked instead.
   *
   * @return refused, unless a host says otherwise: nobody may before somebody was let
   */
  default Permission checkWithoutInbox(Agent agent, AgentAction action) {
    return Permission.refused(
        "There is no inbox yet for which the host could permit '%s'. Set one up first."
            .formatted(action.code()));
  }

  /** Everybody may do everything: for a host that has asked before it called. */
  static Permissions everybody() {
    return new Permissions() {
      @Override
      public Map<InboxId, Permission> check(
          Agent agent, AgentAction action, Collection<InboxId> inboxes) {
        Map<InboxId, Permission> answers = new HashMap<>();
        inboxes.forEach(inbox -> answers.put(inbox, Permission.granted()));
        return answers;
      }

      @Override
      public Permission checkWithoutInbox(Agent agent, AgentAction action) {
        return Permission.granted();
      }
    };
  }
}
