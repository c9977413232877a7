package io.engage.memory;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import io.engage.spi.Permissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who may do what, by single grants and refusals; whatever has neither follows one rule. */
public final class InMemoryPermissions implements Permissions {
  private final Permission otherwise;
  private final Map<Question, Permission> answers = new ConcurrentHashMap<>();

  private record Question(AgentId agent, AgentAction action, InboxId inbox) {}

  private InMemoryPermissions(Permission otherwise) {
    this.otherwise = otherwise;
  }

  /** Everything is allowed that is not refused. */
  public static InMemoryPermissions allowing() {
    return new InMemoryPermissions(Permission.granted());
  }

  /** Everything is refused that is not granted. */
  public static InMemoryPermissions refusing(String reason) {
    return new InMemoryPermissions(Permission.refused(reason));
  }

  /** Lets an agent do something in an inbox from now on, and returns this. */
  public InMemoryPermissions grant(AgentId agent, AgentAction action, InboxId inbox) {
    answers.put(new Question(agent, action, inbox), Permission.granted());
    return this;
  }

  /** Refuses an agent something in an inbox from now on, and returns this. */
  public InMemoryPermissions refuse(
      AgentId agent, AgentAction action, InboxId inbox, String reason) {
    answers.put(new Question(agent, action, inbox), Permission.refused(reason));
    return this;
  }

  @Override
  public Map<InboxId, Permission> check(
      Agent agent, AgentAction action, Collection<InboxId> inboxes) {
    Map<InboxId, Permission> all = new HashMap<>();
    for (InboxId inbox : inboxes) {
      all.put(inbox, answers.getOrDefault(new Question(agent.id(), action, inbox), otherwise));
    }
    return all;
  }

  @Override
  public Permission checkWithoutInbox(Agent agent, AgentAction action) {
    return otherwise;
  }
}
