package io.engage.core.working;

import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;

/** What an agent wants done with a conversation. */
public sealed interface Wish {

  /** What the host has to permit. */
  AgentAction action();

  /** Whether the messages of the conversation have to be looked at. */
  default boolean concernsMessages() {
    return !(this instanceof Assign
        || this instanceof HandBack
        || this instanceof Complete
        || this instanceof Reopen);
  }

  /** Whether its deleted messages too, which still stand in histories. */
  default boolean concernsDeletedMessages() {
    return this instanceof Link || this instanceof Unlink || this instanceof LinkToNew;
  }

  record Assign(Agent to) implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.ASSIGN;
    }
  }

  record HandBack() implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.ASSIGN;
    }
  }

  /**
   * @param reason for the audit trail
   */
  record Link(CustomerId customer, String reason) implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.LINK;
    }
  }

  /**
   * @param reason for the audit trail
   */
  record Unlink(String reason) implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.LINK;
    }
  }

  /** Link to a customer who was created from one of its messages just now. */
  record LinkToNew(CustomerId customer) implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.CREATE_CUSTOMER;
    }
  }

  record Complete() implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.COMPLETE;
    }
  }

  record Reopen() implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.COMPLETE;
    }
  }

  record MarkRead() implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.READ;
    }
  }

  record MarkUnread() implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.READ;
    }
  }

  record Delete() implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.DELETE;
    }
  }
}
