package io.engage.core.working;

import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an agent wants done with a conversation. */
public sealed interface Wish {

  /** What the host has to permit. */
  AgentAction action();

  /** Whether the messages of the conversation have to be looked at. */
  default boolean concernsMessages() {
    return !(this instanceof Assign
        || this instanceof HandBack
        || this instanceof Complete
        || this instanceof Reopen
        || this instanceof AddTag
        || this instanceof RemoveTag
        || this instanceof Prioritize
        || this instanceof AddNote);
  }

  /** Whether its deleted messages too, which still stand in histories. */
  default boolean concernsDeletedMessages() {
    return this instanceof Link
        || this instanceof Unlink
        || this instanceof LinkToNew
        || this instanceof Transfer;
  }

  /** The inboxes beside the conversation's own in which the host has to permit it too. */
  default Set<InboxId> elsewhere() {
    return Set.of();
  }

  /**
   * @param closed the inboxes in which that agent may not read
   */
  record Assign(Agent to, Set<InboxId> closed) implements Wish {
    public Assign(Agent to) {
      this(to, Set.of());
    }

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
   * @param customer whom the agent chose
   * @param current who stands for them by now; null when the directory does not know them
   * @param reason for the audit trail
   */
  record Link(CustomerId customer, @Nullable CustomerId current, String reason) implements Wish {
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

  /**
   * @param owed the tasks to send them, for those of the messages that have not gone to everybody
   * @param beingSent those of the messages that a worker has begun with
   */
  record Delete(Map<MessageId, List<OutboxId>> owed, Set<MessageId> beingSent) implements Wish {
    public Delete {
      owed = Map.copyOf(owed);
      beingSent = Set.copyOf(beingSent);
    }

    public Delete() {
      this(Map.of(), Set.of());
    }

    @Override
    public AgentAction action() {
      return AgentAction.DELETE;
    }
  }

  /**
   * To another inbox, with all messages.
   *
   * @param destination null when there is no such inbox
   * @param strangers the agents who may not read there
   */
  record Transfer(InboxId to, @Nullable Inbox destination, Set<AgentId> strangers) implements Wish {
    public Transfer(InboxId to) {
      this(to, null, Set.of());
    }

    @Override
    public AgentAction action() {
      return AgentAction.TRANSFER;
    }

    @Override
    public Set<InboxId> elsewhere() {
      return destination == null ? Set.of() : Set.of(to);
    }
  }

  /**
   * @param tag as it was typed
   */
  record AddTag(String tag) implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.TAG;
    }
  }

  /**
   * @param tag as it was typed
   */
  record RemoveTag(String tag) implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.TAG;
    }
  }

  record Prioritize(int priority) implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.TAG;
    }
  }

  /**
   * @param newIds gives ids that nobody has
   */
  record AddNote(Agent author, String text, Supplier<String> newIds) implements Wish {
    @Override
    public AgentAction action() {
      return AgentAction.NOTE;
    }
  }
}
