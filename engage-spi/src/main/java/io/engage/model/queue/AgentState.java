package io.engage.model.queue;

import org.jspecify.annotations.Nullable;

/** What an agent does just now, in one word. */
public enum AgentState {
  OFFLINE("offline"),
  FREE("free"),
  BUSY("busy"),
  FREE_ON_BREAK("free-on-break"),
  BUSY_ON_BREAK("busy-on-break");

  private final String code;

  AgentState(String code) {
    this.code = code;
  }

  /** The name under which it is shown and exported, for ever. */
  public String code() {
    return code;
  }

  /**
   * The word for this session.
   *
   * @param session null of somebody who was never there
   * @param busy whether they work on something, in whatever inbox
   */
  public static AgentState of(@Nullable AgentSession session, boolean busy) {
    if (session == null || !session.online()) {
      return OFFLINE;
    } else if (session.isOnBreak()) {
      return busy ? BUSY_ON_BREAK : FREE_ON_BREAK;
    }
    return busy ? BUSY : FREE;
  }
}
