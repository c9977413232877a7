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
  TRANSFER("transfer"),
  NOTE("note"),
  TAG("tag"),
  WRITE("write"),
  FORWARD("forward"),
  SEND_SMS("send-sms"),
  CREATE_TO_DO("create-to-do"),
  BOOK_APPOINTMENT("book-appointment"),
  MERGE_CUSTOMERS("merge-customers"),
  MANAGE_TEMPLATES("manage-templates"),
  MANAGE_CLIENTELING("manage-clienteling"),
  READ_AUDIT("read-audit"),
  READ_RATINGS("read-ratings"),
  EXPORT_PERSON("export-person"),
  ERASE_PERSON("erase-person"),
  LET_IN("let-in"),
  /** Campaigns, their lists and files are set up, changed and removed. */
  MANAGE_CAMPAIGNS("manage-campaigns"),
  /** Campaigns are started, stopped, resumed, cancelled and tried out. */
  RUN_CAMPAIGNS("run-campaigns"),
  /** Who was sent what, and what became of it, is looked at and exported. */
  READ_CAMPAIGNS("read-campaigns"),
  /** To sign in and be offered conversations. */
  BE_OFFERED("be-offered"),
  /** To look on while others work: the live view, who does what. */
  SUPERVISE("supervise"),
  /** To send an agent on break, write to them, sign them out. */
  STEER_AGENTS("steer-agents"),
  /** To follow a conversation of somebody else while it goes on, drafts included. */
  SPY("spy"),
  MONITOR_SCREEN("monitor-screen"),
  READ_RECORDINGS("read-recordings"),
  /** To take recordings out of the program: print and export. */
  EXPORT_RECORDINGS("export-recordings"),
  SYNC("sync"),
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
