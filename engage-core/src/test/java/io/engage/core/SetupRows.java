package io.engage.core;

import io.engage.core.ActionRow.Act;
import io.engage.core.ActionRow.Where;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import java.util.List;

/** What administrators do. */
final class SetupRows {
  private static final InboxId WORKSHOP = ActionScene.WORKSHOP;
  private static final List<InboxId> HERE = List.of(WORKSHOP);
  private static final Page.Request FIRST = Page.Request.first(10);
  private static final StoredAccount RENTALS =
      new StoredAccount(
          MailAccount.of(
              "rentals-mail", "rentals", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25)),
          0);

  private SetupRows() {}

  static final List<ActionRow> OF_INBOXES =
      List.of(
          setup("check", it -> it.setup().check(WORKSHOP, RENTALS.account(), null)),
          setup(
              "saveInbox",
              it -> it.setup().saveInbox(changed(it, Shop.ACCOUNT)),
              "inbox-configured"),
          setup(
              "saveInbox",
              it -> it.setup().saveInbox(changed(it, RENTALS.account().id()), RENTALS, null),
              "account-configured",
              "inbox-configured"),
          setup("saveAccount", it -> it.setup().saveAccount(RENTALS, null), "account-configured")
              .where(Where.ANYWHERE),
          setup(
                  "deleteAccount",
                  it -> it.setup().deleteAccount(RENTALS.account().id()),
                  "account-deleted")
              .after(it -> it.setup().saveAccount(RENTALS, null))
              .where(Where.ANYWHERE),
          setup("setEnabled", it -> it.setup().setEnabled(HERE, false), "inbox-configured"),
          setup("setReceiving", it -> it.setup().setReceiving(HERE, false), "inbox-configured"),
          setup(
              "addMembers",
              it -> it.setup().addMembers(HERE, List.of(Member.of("dirk"))),
              "members-changed"),
          setup(
                  "removeMembers",
                  it -> it.setup().removeMembers(HERE, List.of(AgentId.of("dirk"))),
                  "members-changed")
              .after(it -> it.setup().addMembers(HERE, List.of(Member.of("dirk")))),
          setup(
              "saveRules",
              it -> it.setup().saveRules(WORKSHOP, it.inbox(WORKSHOP).version(), urgent()),
              "inbox-configured"),
          setup(
              "giveForwardingAddress",
              it -> it.setup().giveForwardingAddress(WORKSHOP),
              "inbox-configured"),
          setup(
                  "deleteInbox",
                  it -> it.setup().deleteInbox(WORKSHOP, ActionScene.SHOP),
                  "transferred",
                  "inbox-deleted",
                  "inbox-configured")
              .where(Where.ANYWHERE));

  static final List<ActionRow> OF_TEXTS_TO_CHOOSE =
      List.of(
          template("list", it -> it.setup().templates().list()).where(Where.NOWHERE_PERMITTED),
          template("find", it -> it.setup().templates().find(ActionScene.bye()))
              .after(ActionScene::withTemplate),
          template(
              "save",
              it -> it.setup().templates().save(ActionScene.forWorkshop(ActionScene.BYE)),
              "template-changed"),
          template("save", it -> it.setup().templates().save(ActionScene.BYE), "template-changed")
              .where(Where.ANYWHERE),
          template(
                  "delete",
                  it -> it.setup().templates().delete(ActionScene.bye()),
                  "template-deleted")
              .after(ActionScene::withTemplate),
          template("delete", it -> it.setup().templates().delete(ActionScene.bye()))
              .where(Where.NOWHERE_PERMITTED),
          quickReply("list", it -> it.setup().quickReplies().list()).where(Where.NOWHERE_PERMITTED),
          quickReply("add", it -> it.setup().quickReplies().add("Thanks", "Thank you!"), changed()),
          quickReply("add", it -> it.setup().quickReplies().add("", "")),
          quickReply(
              "update",
              it -> it.setup().quickReplies().update(it.quickReply(), "Shut", "We are closed."),
              changed()),
          quickReply("update", it -> it.setup().quickReplies().update("none", "", "")),
          quickReply("move", it -> it.setup().quickReplies().move(it.quickReply(), 1), changed()),
          quickReply("delete", it -> it.setup().quickReplies().delete(it.quickReply()), changed()));

  static final List<ActionRow> OF_RULES =
      List.of(
          ActionRow.of(
              RulesDesk.class,
              "replay",
              AgentAction.CONFIGURE,
              it ->
                  it.rules()
                      .replay(WORKSHOP, urgent(), Shop.MORNING, it.street.clock.instant(), FIRST)),
          ActionRow.of(
                  RulesDesk.class,
                  "replayHeld",
                  AgentAction.CONFIGURE,
                  it -> it.rules().replayHeld(WORKSHOP, urgent(), "", 10))
              .after(ActionScene::withHeldMail),
          held("list", AgentAction.READ, it -> it.held().list(WORKSHOP, "", 10)),
          held("count", AgentAction.READ, it -> it.held().count(WORKSHOP)),
          held("look", AgentAction.READ, it -> it.held().look(WORKSHOP, it.heldMail())),
          held(
              "discard",
              AgentAction.DELETE,
              it -> it.held().discard(WORKSHOP, it.heldMail()),
              "held-deleted",
              "privacy: bytes-erased"),
          held(
              "letIn",
              AgentAction.LET_IN,
              it -> it.held().letIn(WORKSHOP, it.heldMail()),
              "let-in",
              "received",
              "conversation-opened"));

  static final List<ActionRow> OF_CLIENTELING =
      List.of(
          clienteling("freeNumbers", it -> it.clienteling().freeNumbers())
              .where(Where.NOWHERE_PERMITTED),
          clienteling(
              "onboard",
              it -> it.clienteling().onboard(WORKSHOP, ActionScene.OURS, "(415) 555-0190", false),
              "sms-onboarded"),
          clienteling("enable", it -> it.clienteling().enable(HERE), "sms-enabled")
              .after(
                  it ->
                      it.clienteling()
                          .onboard(WORKSHOP, ActionScene.OURS, "(415) 555-0190", false)),
          clienteling(
                  "forwardCalls",
                  it -> it.clienteling().forwardCalls(WORKSHOP, "(415) 555-0199"),
                  "inbox-configured")
              .after(
                  it ->
                      it.clienteling()
                          .onboard(WORKSHOP, ActionScene.OURS, "(415) 555-0190", false)),
          clienteling("policy", it -> it.clienteling().policy()).where(Where.NOWHERE_PERMITTED),
          clienteling(
                  "changeOptIn",
                  it -> it.clienteling().changeOptIn("May we text you? YES or STOP"),
                  "sms-policy-changed")
              .where(Where.ANYWHERE),
          clienteling(
                  "changeAnswers",
                  it -> it.clienteling().changeAnswers("Call us.", "You get no more texts."),
                  "sms-policy-changed")
              .where(Where.ANYWHERE),
          clienteling(
                  "changeWords",
                  it -> it.clienteling().changeWords(List.of("BASTA"), List.of("SI")),
                  "sms-policy-changed")
              .where(Where.ANYWHERE));

  /** The workshop, for known people alone, with this account. */
  private static Inbox changed(ActionScene scene, AccountId account) {
    Inbox inbox = scene.inbox(WORKSHOP);
    return new Inbox(
        inbox.id(),
        inbox.name(),
        inbox.sender(),
        inbox.addresses(),
        account,
        inbox.settings().change().knownContactsOnly(true).build(),
        inbox.version());
  }

  private static RuleSet urgent() {
    return RuleSet.of(Rule.named("urgent").always().then(RuleAction.tag("urgent")));
  }

  private static String changed() {
    return "quick-replies-changed";
  }

  private static ActionRow setup(String method, Act act, String... facts) {
    return ActionRow.of(SetupDesk.class, method, AgentAction.CONFIGURE, act, facts);
  }

  private static ActionRow template(String method, Act act, String... facts) {
    return ActionRow.of(TemplateDesk.class, method, AgentAction.MANAGE_TEMPLATES, act, facts);
  }

  private static ActionRow quickReply(String method, Act act, String... facts) {
    return ActionRow.of(QuickReplyDesk.class, method, AgentAction.MANAGE_CLIENTELING, act, facts)
        .after(ActionScene::withQuickReply)
        .where(Where.ANYWHERE);
  }

  private static ActionRow held(String method, AgentAction action, Act act, String... facts) {
    return ActionRow.of(HeldDesk.class, method, action, act, facts)
        .after(ActionScene::withHeldMail);
  }

  private static ActionRow clienteling(String method, Act act, String... facts) {
    return ActionRow.of(ClientelingDesk.class, method, AgentAction.MANAGE_CLIENTELING, act, facts);
  }
}
