package io.engage.core;

import io.engage.model.inbox.AgentAction;
import java.io.IOException;
import java.util.List;

/**
 * Something that an agent can do, what the host is asked before, and which facts it leaves.
 *
 * @param where in which inboxes a refusal is one
 * @param before what has to be so already
 */
record ActionRow(
    String method, AgentAction action, Where where, Act before, Act act, List<String> facts) {

  enum Where {
    /** In the workshop. */
    HERE,
    /** In any inbox: it concerns them all. */
    ANYWHERE,
    /** Only when it is refused in each: whoever may in one may see it. */
    NOWHERE_PERMITTED
  }

  @FunctionalInterface
  interface Act {
    Object on(ActionScene scene) throws IOException;
  }

  static ActionRow of(Class<?> desk, String method, AgentAction action, Act act, String... facts) {
    return new ActionRow(
        desk.getSimpleName() + "." + method, action, Where.HERE, it -> it, act, List.of(facts));
  }

  ActionRow after(Act needed) {
    return new ActionRow(method, action, where, needed, act, facts);
  }

  ActionRow where(Where other) {
    return new ActionRow(method, action, other, before, act, facts);
  }

  @Override
  public String toString() {
    return method + " " + facts;
  }
}
