package io.engage.examples.posdemo;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import io.engage.spi.Permissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The rule of the house: everybody does everything everywhere, but deletes only at home.
 *
 * @param homes where each clerk belongs
 */
record ShopPermissions(Map<AgentId, Set<InboxId>> homes) implements Permissions {
  ShopPermissions {
    homes = Map.copyOf(homes);
  }

  @Override
  public Map<InboxId, Permission> check(
      Agent agent, AgentAction action, Collection<InboxId> inboxes) {
    Set<InboxId> home = homes.getOrDefault(agent.id(), Set.of());
    Map<InboxId, Permission> answers = new HashMap<>();
    for (InboxId inbox : inboxes) {
      boolean may = action != AgentAction.DELETE || home.contains(inbox);
      answers.put(
          inbox,
          may
              ? Permission.granted()
              : Permission.refused("Only people of this store delete here."));
    }
    return answers;
  }
}
