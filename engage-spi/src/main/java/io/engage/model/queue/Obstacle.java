package io.engage.model.queue;

/** Why a member is not offered a conversation just now. */
public enum Obstacle {
  /** It does not wait: it is worked on, offered, answered or completed. */
  NOT_QUEUED("not-queued"),
  /** Nothing of the inbox is offered: agents take by hand. */
  NO_STRATEGY("no-strategy"),
  /** The inbox is switched off. */
  SWITCHED_OFF("switched-off"),
  /** The schedule of the inbox is closed. */
  CLOSED("closed"),
  /** As many as the inbox allows wait before it. */
  BACKLOG("backlog"),
  /** They are no member of the inbox. */
  NOT_A_MEMBER("not-a-member"),
  /** The host does not permit it. */
  NOT_PERMITTED("not-permitted"),
  OFFLINE("offline"),
  ON_BREAK("on-break"),
  /** They handle something of an inbox whose agents stand on break meanwhile ({@code incall}). */
  HANDLING("handling"),
  IN_A_CALL("in-a-call"),
  /** They work on something, or were offered something, and here that is one at a time. */
  WORKING("working"),
  AT_THE_LIMIT("at-the-limit"),
  /** They did not take this one lately. */
  DECLINED("declined"),
  /** They could, but it is the turn of others. */
  NOT_THEIR_TURN("not-their-turn");

  private final String code;

  Obstacle(String code) {
    this.code = code;
  }

  /** The name under which it is shown and exported, for ever. */
  public String code() {
    return code;
  }
}
