package io.engage.core;

import io.engage.core.ActionRow.Act;
import io.engage.core.ActionRow.Where;
import io.engage.core.recording.RecordingSearch;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is done with conversations, with customers, and with all that is held. */
final class WorkRows {
  private static final Page.Request FIRST = Page.Request.first(10);
  private static final RecordingForm MESSAGES = RecordingForm.MESSAGES;
  private static final RecordingSearch IN_WORKSHOP = RecordingSearch.all().in(ActionScene.WORKSHOP);
  private static final Instant NINE = Shop.MORNING.plusSeconds(3600);

  private WorkRows() {}

  static final List<ActionRow> OF_AGENTS =
      List.of(
          row("messages", AgentAction.READ, it -> it.clara.messages(it.bike, FIRST)),
          row(
                  "open",
                  AgentAction.READ,
                  it -> it.clara.open(it.mail),
                  "marked-read",
                  "receiving: linked-to-customer")
              .after(it -> it.street.customers.with("carl", "Carl", ActionScene.CARL.address())),
          row("assign", AgentAction.ASSIGN, it -> it.clara.assign(it.ids(), Shop.DIRK), "assigned"),
          row("take", AgentAction.ASSIGN, it -> it.clara.take(it.ids()), "assigned"),
          row("handBack", AgentAction.ASSIGN, it -> it.clara.handBack(it.ids()), "handed-back")
              .after(it -> it.dirk.take(it.ids())),
          row(
              "link",
              AgentAction.LINK,
              it -> it.clara.link(it.ids(), CustomerId.of("ben")),
              "linked-to-customer"),
          row(
              "createCustomer",
              AgentAction.CREATE_CUSTOMER,
              it -> it.clara.createCustomer(it.mail, "Ana"),
              "customer-created"),
          row("complete", AgentAction.COMPLETE, it -> it.clara.complete(it.ids()), "completed"),
          row("reopen", AgentAction.COMPLETE, it -> it.clara.reopen(it.ids()), "reopened")
              .after(it -> it.dirk.complete(it.ids())),
          row("markRead", AgentAction.READ, it -> it.clara.markRead(it.ids()), "marked-read"),
          row("markUnread", AgentAction.READ, it -> it.clara.markUnread(it.ids()), "marked-unread")
              .after(it -> it.dirk.markRead(it.ids())),
          row("delete", AgentAction.DELETE, it -> it.clara.delete(it.ids()), "deleted"),
          row(
              "deleteMessages",
              AgentAction.DELETE,
              it -> it.clara.deleteMessages(List.of(it.mail)),
              "deleted"),
          row(
              "reply",
              AgentAction.REPLY,
              it -> it.clara.reply(it.mail, Reply.of("On Friday.")),
              "reply-queued"),
          row(
              "reply",
              AgentAction.REPLY,
              it -> it.clara.reply(it.bike, Reply.of("On Friday.")),
              "reply-queued"),
          row(
                  "transfer",
                  AgentAction.TRANSFER,
                  it -> it.clara.transfer(it.ids(), Shop.shop().id()),
                  "transferred")
              .where(Where.ANYWHERE),
          row("tag", AgentAction.TAG, it -> it.clara.tag(it.ids(), "urgent"), "tagged"),
          row("untag", AgentAction.TAG, it -> it.clara.untag(it.ids(), "urgent"), "untagged")
              .after(it -> it.dirk.tag(it.ids(), "urgent")),
          row(
              "prioritize",
              AgentAction.TAG,
              it -> it.clara.prioritize(it.ids(), 3),
              "priority-changed"),
          row("note", AgentAction.NOTE, it -> it.clara.note(it.ids(), "Call back"), "noted"),
          row("notes", AgentAction.READ, it -> it.clara.notes(it.bike, FIRST)),
          row("removeNote", AgentAction.NOTE, it -> it.clara.removeNote(it.note()), "note-removed")
              .after(it -> it.clara.note(it.ids(), "Call back")),
          row("besides", AgentAction.READ, it -> it.clara.besides(it.bike, FIRST)),
          row("attend", AgentAction.READ, it -> it.clara.attend(it.bike, true)),
          row("attending", AgentAction.READ, it -> it.clara.attending(it.bike)),
          row("rating", AgentAction.READ, it -> it.clara.rating(it.mail)),
          row("auditTrail", AgentAction.READ, it -> it.clara.auditTrail(it.bike)),
          row("auditTrail", AgentAction.READ, it -> it.clara.auditTrail(it.mail)),
          row(
              "sync",
              AgentAction.SYNC,
              it -> it.clara.sync(ActionScene.WORKSHOP),
              "sync-requested"),
          row("findCustomers", AgentAction.READ, it -> it.clara.findCustomers("ana", 5))
              .where(Where.NOWHERE_PERMITTED));

  private static final RatingFilter TODAY =
      RatingFilter.between(Shop.MORNING, Shop.MORNING.plus(Duration.ofDays(1)));

  static final List<ActionRow> OF_RATINGS =
      List.of(
          ratings("list", it -> it.clara.ratings().list(TODAY.in(ActionScene.WORKSHOP), FIRST)),
          ratings("list", it -> it.clara.ratings().list(TODAY, FIRST))
              .where(Where.NOWHERE_PERMITTED),
          ratings("summary", it -> it.clara.ratings().summary(TODAY.in(ActionScene.WORKSHOP))));

  static final List<ActionRow> OF_CUSTOMERS =
      List.of(
          customers("find", AgentAction.READ, it -> it.clara.customers().find("ana", 5))
              .where(Where.NOWHERE_PERMITTED),
          customers("candidates", AgentAction.READ, it -> it.clara.customers().candidates(it.mail)),
          customers(
              "link",
              AgentAction.LINK,
              it -> it.clara.customers().link(it.ids(), ActionScene.ANA),
              "linked-to-customer"),
          customers(
              "link",
              AgentAction.LINK,
              it -> it.clara.customers().link(it.ids(), CustomerId.of("nobody"))),
          customers(
                  "unlink",
                  AgentAction.LINK,
                  it -> it.clara.customers().unlink(it.ids()),
                  "unlinked")
              .after(ActionScene::linked),
          customers(
              "create",
              AgentAction.CREATE_CUSTOMER,
              it -> it.clara.customers().create(it.mail, ""),
              "customer-created"),
          customers(
                  "merge",
                  AgentAction.MERGE_CUSTOMERS,
                  it -> it.clara.customers().merge(ActionScene.ANA, ActionScene.BEN),
                  "customers-merged",
                  "linked-to-customer")
              .after(ActionScene::linked),
          customers(
                  "merge",
                  AgentAction.MERGE_CUSTOMERS,
                  it -> it.clara.customers().merge(CustomerId.of("nobody"), ActionScene.BEN))
              .after(ActionScene::linked),
          customers(
                  "undoMerge",
                  AgentAction.MERGE_CUSTOMERS,
                  it -> it.clara.customers().undoMerge(ActionScene.BEN),
                  "merge-undone",
                  "linked-to-customer")
              .after(it -> merged(it)),
          customers(
                  "undoMerge",
                  AgentAction.MERGE_CUSTOMERS,
                  it -> it.clara.customers().undoMerge(ActionScene.ANA))
              .where(Where.ANYWHERE),
          customers(
                  "mergesInto",
                  AgentAction.MERGE_CUSTOMERS,
                  it -> it.clara.customers().mergesInto(ActionScene.ANA))
              .after(it -> merged(it)));

  static final List<ActionRow> OF_SESSIONS =
      List.of(
          ActionRow.of(
                  QueueDesk.class,
                  "signIn",
                  AgentAction.BE_OFFERED,
                  it -> it.clara.queue().signIn(),
                  "signed-in")
              .where(Where.NOWHERE_PERMITTED));

  static final List<ActionRow> OF_CALENDARS =
      List.of(
          calendar(
              "createToDo",
              AgentAction.CREATE_TO_DO,
              it -> it.clara.calendar().createToDo(it.bike, "form-1", "Order the bell", null),
              "to-do-created"),
          calendar(
              "appointmentTypes",
              AgentAction.BOOK_APPOINTMENT,
              it -> it.clara.calendar().appointmentTypes(it.bike)),
          calendar(
              "freeStarts",
              AgentAction.BOOK_APPOINTMENT,
              it -> it.clara.calendar().freeStarts(it.bike, "fitting", Shop.MORNING, NINE)),
          calendar(
              "book",
              AgentAction.BOOK_APPOINTMENT,
              it -> it.clara.calendar().book(it.bike, "form-1", "fitting", NINE, ""),
              "appointment-booked"));

  static final List<ActionRow> OF_TEXTS =
      List.of(
          texts("preview", AgentAction.SEND_SMS, it -> texting(it).preview(it.text(), "Hello")),
          texts(
              "preview",
              AgentAction.SEND_SMS,
              it ->
                  texting(it)
                      .preview(ActionScene.WORKSHOP, ActionScene.IDA, ActionScene.IDAS, "Hello")),
          texts(
              "send",
              AgentAction.SEND_SMS,
              it -> texting(it).send(it.text(), "Hello"),
              "sms-queued",
              "consent-changed"),
          texts(
              "begin",
              AgentAction.SEND_SMS,
              it ->
                  texting(it)
                      .begin(ActionScene.WORKSHOP, ActionScene.IDA, ActionScene.IDAS, "Hello"),
              "sms-queued",
              "consent-changed"),
          texts("quickReplies", AgentAction.SEND_SMS, it -> texting(it).quickReplies(it.text())),
          texts(
              "quickReplies",
              AgentAction.SEND_SMS,
              it ->
                  texting(it)
                      .quickReplies(ActionScene.WORKSHOP, ActionScene.IDA, ActionScene.IDAS)),
          texts("consent", AgentAction.READ, it -> texting(it).consent(it.text())),
          texts(
              "consent",
              AgentAction.READ,
              it -> texting(it).consent(ActionScene.WORKSHOP, ActionScene.IDA, ActionScene.IDAS)),
          texts(
                  "release",
                  AgentAction.SEND_SMS,
                  it -> texting(it).release(it.text()),
                  "sms-released")
              .after(ActionScene::withDoubtfulText),
          texts("end", AgentAction.SEND_SMS, it -> texting(it).end(it.text()), "consent-changed"),
          texts("unsent", AgentAction.SEND_SMS, it -> texting(it).unsent(it.text())),
          texts(
                  "sendKept",
                  AgentAction.SEND_SMS,
                  it -> texting(it).sendKept(it.text(), it.keptWords()),
                  "sms-queued")
              .after(ActionScene::withKeptWords),
          texts(
                  "discardKept",
                  AgentAction.SEND_SMS,
                  it -> texting(it).discardKept(it.text(), it.keptWords()))
              .after(ActionScene::withKeptWords),
          texts(
                  "sendAgain",
                  AgentAction.SEND_SMS,
                  it -> texting(it).sendAgain(it.failedText()),
                  "sms-queued")
              .after(ActionScene::withFailedText));

  static final List<ActionRow> OF_RECORDINGS =
      List.of(
          looking("search", it -> it.recordings().search(IN_WORKSHOP, FIRST)),
          looking("view", it -> it.recordings().view(it.bike, FIRST), "recording-viewed"),
          looking("read", it -> it.recordings().read(it.mail), "recording-viewed"),
          looking("notes", it -> it.recordings().notes(it.bike, FIRST), "recording-viewed"),
          looking("auditTrail", it -> it.recordings().auditTrail(it.bike), "recording-viewed"),
          looking("besides", it -> it.recordings().besides(it.bike, FIRST)),
          takingAlong("print", it -> it.recordings().print(it.bike, MESSAGES, nowhere())),
          takingAlong("exportMail", it -> it.recordings().exportMail(it.mail, nowhere())),
          takingAlong(
              "export",
              it -> it.recordings().export(it.bike, RecordingFormat.JSON, MESSAGES, nowhere())),
          takingAlong(
              "export",
              it ->
                  it.recordings().export(IN_WORKSHOP, RecordingFormat.MBOX, MESSAGES, nowhere())));

  static final List<ActionRow> OF_AUDITORS =
      List.of(
          audit("newest", it -> it.auditor.newest(10)),
          audit("verify", it -> it.auditor.verify()),
          audit("verifySince", it -> it.auditor.verifySince(AuditAnchor.START)),
          audit("export", it -> it.auditor.export(new ByteArrayOutputStream()), "audit-exported"),
          audit(
              "exportSince",
              it -> it.auditor.exportSince(AuditAnchor.START, new ByteArrayOutputStream()),
              "audit-exported"));

  static final List<ActionRow> OF_PRIVACY =
      List.of(
          privacy(
              "export",
              AgentAction.EXPORT_PERSON,
              it -> it.privacy().export(Person.of(ActionScene.BEN), new ByteArrayOutputStream()),
              "person-exported"),
          privacy(
              "erase",
              AgentAction.ERASE_PERSON,
              it -> it.privacy().erase(Person.of(ActionScene.BEN)),
              "person-erased",
              "person-erased",
              "privacy: bytes-erased"),
          privacy(
              "retain",
              AgentAction.ERASE_PERSON,
              it -> it.privacy().retain(ActionScene.WORKSHOP, Duration.ofNanos(1)),
              "retention-applied",
              "privacy: bytes-erased"));

  /** Those that leave out silently where it is refused. */
  static final List<ActionRow> LISTS =
      List.of(
          row("accounts", AgentAction.CONFIGURE, it -> it.setup().accounts())
              .where(Where.NOWHERE_PERMITTED),
          row("inboxes", AgentAction.REPLY, it -> it.clara.inboxes(AgentAction.REPLY)),
          row("list", AgentAction.READ, it -> it.clara.list(ConversationFilter.all(), FIRST)),
          row("list", AgentAction.READ, it -> found(it.clara.list("ready", FIRST))),
          row(
              "list",
              AgentAction.READ,
              it -> found(it.clara.list(Search.of("subject:bike"), FIRST))),
          row("history", AgentAction.READ, it -> it.clara.history(ActionScene.BEN, FIRST))
              .after(ActionScene::linked),
          customers(
                  "history",
                  AgentAction.READ,
                  it -> it.clara.customers().history(ActionScene.BEN, FIRST))
              .after(ActionScene::linked),
          customers(
                  "history",
                  AgentAction.READ,
                  it -> it.clara.customers().history(ActionScene.BEN, Channel.EMAIL, FIRST))
              .after(ActionScene::linked),
          row(
                  "outbox",
                  AgentAction.READ,
                  it ->
                      it.clara
                          .writing()
                          .outbox(
                              List.of(ActionScene.WORKSHOP, ActionScene.SHOP),
                              Set.of(Delivery.QUEUED),
                              FIRST))
              .after(ActionScene::queued),
          QueueRows.OFFERS,
          row("onboardable", AgentAction.MANAGE_CLIENTELING, it -> it.clienteling().onboardable()),
          row("onboarded", AgentAction.MANAGE_CLIENTELING, it -> it.clienteling().onboarded())
              .after(ActionScene::withText));

  private static Object found(Listing listing) {
    return ((Listing.Found) listing).page();
  }

  /** Where something of a list is. */
  static InboxId inboxOf(Object listed) {
    if (listed instanceof Inbox inbox) {
      return inbox.id();
    } else if (listed instanceof StoredAccount) {
      return ActionScene.WORKSHOP;
    }
    return listed instanceof Message message ? message.inbox() : ((Conversation) listed).inbox();
  }

  private static Object merged(ActionScene scene) {
    scene.linked();
    return scene.dirk.customers().merge(ActionScene.ANA, ActionScene.BEN);
  }

  private static TextDesk texting(ActionScene scene) {
    return scene.clara.texting();
  }

  private static ActionRow row(String method, AgentAction action, Act act, String... facts) {
    return ActionRow.of(AgentDesk.class, method, action, act, facts);
  }

  private static ActionRow ratings(String method, Act act) {
    return ActionRow.of(RatingDesk.class, method, AgentAction.READ_RATINGS, act);
  }

  private static ActionRow customers(String method, AgentAction action, Act act, String... facts) {
    return ActionRow.of(CustomerDesk.class, method, action, act, facts);
  }

  private static ActionRow calendar(String method, AgentAction action, Act act, String... facts) {
    return ActionRow.of(CalendarDesk.class, method, action, act, facts).after(ActionScene::linked);
  }

  private static ActionRow texts(String method, AgentAction action, Act act, String... facts) {
    return ActionRow.of(TextDesk.class, method, action, act, facts).after(ActionScene::withText);
  }

  private static OutputStream nowhere() {
    return OutputStream.nullOutputStream();
  }

  private static ActionRow looking(String method, Act act, String... facts) {
    return ActionRow.of(RecordingDesk.class, method, AgentAction.READ_RECORDINGS, act, facts);
  }

  private static ActionRow takingAlong(String method, Act act) {
    return ActionRow.of(
        RecordingDesk.class, method, AgentAction.EXPORT_RECORDINGS, act, "recording-exported");
  }

  private static ActionRow audit(String method, Act act, String... facts) {
    return ActionRow.of(AuditDesk.class, method, AgentAction.READ_AUDIT, act, facts)
        .where(Where.ANYWHERE);
  }

  private static ActionRow privacy(String method, AgentAction action, Act act, String... facts) {
    return ActionRow.of(PrivacyDesk.class, method, action, act, facts).after(ActionScene::linked);
  }
}
