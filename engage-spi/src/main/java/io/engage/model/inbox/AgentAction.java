package io.engage.model.inbox;

/** What an agent may want to do in an inbox; a host permits or refuses each. */
public enum AgentAction {
  READ("read"),
  ASSIGN("assign"),
  LINK("link"),
  CREATE_CUSTOMER("create-customer"),
  REPLY("reply"),
  COMPLETE("complete"),
  DELETE("delete"),
  CONFIGURE("configure");

  private final String code;

  AgentAction(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }
}
