package io.engage.examples.posdemo;

import io.engage.core.SyncReport;
import io.engage.examples.posdemo.Narrator.Answer;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import java.util.List;
import java.util.stream.Stream;

/** Last chapter: what is done is put away, and everything can be looked up. */
final class Tidying {
  private static final String SCAM = "final-notice@renew-now.example";

  /**
   * What came of deleting.
   *
   * @param refused what Priya was told
   * @param onServer whether the mail still lies there
   * @param afterwards what the next look brought back: nothing
   */
  record Deletion(
      List<Answer> refused,
      List<Answer> deleted,
      boolean onServer,
      SyncReport afterwards,
      List<AuditEntry> trail) {}

  /**
   * What came of it.
   *
   * @param completed what was said of each newsletter
   * @param stillOpenAtHarbour Lena's mail to both stores, after Downtown completed its own
   */
  record Result(
      List<Answer> completed,
      Deletion deletion,
      List<Conversation> stillOpenAtHarbour,
      List<Message> historyOfAna,
      List<AuditEntry> trail) {}

  private final Stage stage;
  private final Narrator narrator;

  private Tidying(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
  }

  static Result play(Stage stage) {
    return new Tidying(stage).play();
  }

  private Result play() {
    narrator.chapter("Priya tidies up");
    List<Answer> completed = completeNewsletters();
    Deletion deletion = deleteScam(stage.find("FINAL NOTICE").id());
    List<Conversation> harbour = completeDowntownsCopy();
    stage.later(3);
    narrator.chapter("Everything with Ana");
    List<Message> history = historyOfAna();
    narrator.chapter("Who did what to Ana's conversation");
    List<AuditEntry> trail = trailOf(stage.find("brake").id());
    return new Result(completed, deletion, harbour, history, trail);
  }

  private Deletion deleteScam(ConversationId scam) {
    narrator.tell(
        "A swindler wrote to Harbour. Priya is from the workshop and may not delete here; the"
            + " trail keeps that she tried.");
    List<Answer> refused = stage.answers(stage.priya().delete(List.of(scam)));
    narrator.tell(
        "Jonas may: it is gone here at once, and on the server when the outbox is worked off.");
    List<Answer> deleted = stage.answers(stage.jonas().delete(List.of(scam)));
    stage.workOffOutbox();
    boolean onServer = stage.shop().server().holds("stores", "INBOX", SCAM);
    narrator.tell("It lies on the server still: " + (onServer ? "yes." : "no."));
    SyncReport afterwards = stage.sync(Shop.STORES);
    narrator.tell("The trail of what was deleted stays:");
    return new Deletion(refused, deleted, onServer, afterwards, trailOf(scam));
  }

  private List<AuditEntry> trailOf(ConversationId conversation) {
    List<AuditEntry> trail = stage.mara().auditTrail(conversation);
    narrator.trail(trail);
    return trail;
  }

  private List<Answer> completeNewsletters() {
    List<ConversationId> newsletters =
        Stream.of("Spring prices", "New lamps", "Cycle lanes", "Automatic reply")
            .map(words -> stage.find(words).id())
            .toList();
    narrator.tell("She marks three newsletters and, by mistake, something completed before:");
    return stage.answers(stage.priya().complete(newsletters));
  }

  /** A mail to two stores is two conversations with one source: each store settles its own. */
  private List<Conversation> completeDowntownsCopy() {
    narrator.tell("Lena wrote to both stores. Downtown has no such bike and completes its own:");
    List<ConversationId> downtown = open("downtown").stream().map(Conversation::id).toList();
    stage.answers(stage.mara().complete(downtown));
    List<Conversation> harbour = open("harbour");
    narrator.list("Harbour's stays open", harbour.stream().map(stage::line).toList());
    return harbour;
  }

  private List<Conversation> open(String inbox) {
    return stage.list(
        stage.mara(), ConversationFilter.open().in(InboxId.of(inbox)).searching("folding"));
  }

  private List<Message> historyOfAna() {
    CustomerId ana = CustomerId.of("K1001");
    Customer customer = stage.shop().customers().findByIds(List.of(ana)).get(0);
    List<Message> history = stage.mara().history(ana, Page.Request.first(50)).items();
    narrator.history(customer, history);
    return history;
  }
}
