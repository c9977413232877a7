package io.engage.examples.posdemo;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.spi.Permissions;
import io.engage.testkit.PermissionsContract;
import java.util.Map;
import java.util.Set;

class ShopPermissionsTest extends PermissionsContract {

  @Override
  protected Permissions permissions() {
    return new ShopPermissions(Map.of(agent().id(), Set.of(granted())));
  }

  @Override
  protected Agent agent() {
    return Shop.PRIYA;
  }

  @Override
  protected AgentAction action() {
    return AgentAction.DELETE;
  }

  @Override
  protected InboxId granted() {
    return InboxId.of("workshop");
  }

  @Override
  protected InboxId refused() {
    return InboxId.of("harbour");
  }
}
