package io.engage.memory;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.spi.Permissions;
import io.engage.testkit.PermissionsContract;
import io.engage.testkit.Sample;
import org.junit.jupiter.api.Nested;

class InMemoryPermissionsTest {

  @Nested
  class Single_grants_where_all_else_is_refused extends ClaraInTheWorkshop {
    @Override
    protected Permissions permissions() {
      return InMemoryPermissions.refusing("You are not a member of this inbox.")
          .grant(agent().id(), action(), granted());
    }
  }

  @Nested
  class Single_refusals_where_all_else_is_granted extends ClaraInTheWorkshop {
    @Override
    protected Permissions permissions() {
      return InMemoryPermissions.allowing()
          .refuse(agent().id(), action(), refused(), "You are not a member of this inbox.");
    }
  }

  abstract static class ClaraInTheWorkshop extends PermissionsContract {
    @Override
    protected Agent agent() {
      return Sample.clara();
    }

    @Override
    protected AgentAction action() {
      return AgentAction.REPLY;
    }

    @Override
    protected InboxId granted() {
      return Sample.workshop().id();
    }

    @Override
    protected InboxId refused() {
      return Sample.sales().id();
    }
  }
}
