package io.engage.examples.posdemo;

import io.engage.core.OpenedMessage;
import io.engage.core.SyncReport;
import io.engage.examples.posdemo.Narrator.Answer;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.TrustLevel;
import java.util.List;
import java.util.Objects;

/** Compares what came of a morning with what the story tells. */
final class Smoke {
  private final Checks checks = new Checks();

  private Smoke() {}

  /**
   * @return how many checks were made
   * @throws IllegalStateException when something came out differently; the message names each
   */
  static int check(Morning.Day day) {
    Smoke smoke = new Smoke();
    smoke.arriving(day.arriving());
    smoke.reading(day.reading());
    smoke.answering(day.answering());
    smoke.tidying(day.tidying());
    return smoke.checks.done("morning");
  }

  private void arriving(Arriving.Result result) {
    expect(result.waiting() == 32, "32 mails wait on the server");
    expect(sum(result.first()) == 31, "31 of them are new");
    expect(result.first().get(0).duplicates() == 1, "one lies there twice");
    expect(result.first().stream().noneMatch(each -> each.quarantined() > 0), "all can be read");
    expect(sum(result.again()) == 0, "a second look imports nothing");
    expect(result.again().stream().allMatch(each -> each.commits() == 0), "and stores nothing");
    expect(count(result.open(), "downtown") == 12, "Downtown has 12 open conversations");
    expect(count(result.open(), "harbour") == 9, "Harbour has 9");
    expect(count(result.open(), "workshop") == 5, "the workshop has 5");
    expect(
        result.open().stream()
            .anyMatch(each -> each.subject().equals("Front brake squeals") && each.messages() == 3),
        "two mails of Ana and one of Marc are one conversation");
    expect(result.filedApart().size() == 3, "three automatic mails are filed apart");
  }

  private void reading(Reading.Result result) {
    Reading.Opened opened = result.opened();
    expect(
        opened
            .ofAna()
            .content()
            .folded()
            .visible()
            .equals("One more thing: it is worse when it rains."),
        "Ana's history is folded");
    expect(opened.ofAna().message().trust() == TrustLevel.VERIFIED, "Ana is verified");
    expect(result.seenOnServer(), "what is read here is read on the server");
    expect(blockedImages(opened.newsletter()) == 2, "two images are not fetched");
    expect(!html(opened.newsletter()).contains("alert"), "no script comes through");
    expect(!html(opened.newsletter()).contains("track.veloparts"), "nor a tracking pixel");
    expect(
        opened.broken().content().text().startsWith("The wheel is bent, see the picture."),
        "a broken mail says what it has to say");
    expect(
        opened.broken().message().attachments().get(0).name().value().equals("wheel.jpg"),
        "its attachment has a safe name");
    expect(opened.japanese().content().text().contains("ブレーキの修理"), "Japanese is read");
    expect(opened.sms().message().channel() == Channel.SMS, "a text message is one");
    expect(isLinkedTo("K1001", opened.sms().conversation()), "and is linked by its number");
    expect(
        opened.spoofed().message().trust() == TrustLevel.SUSPICIOUS, "the forged Ana is noticed");
    expect(opened.spoofed().conversation().findCustomer().isEmpty(), "and linked to nobody");
    expect(result.receipt().name().equals("receipt n° 7.pdf"), "the receipt keeps its name");
    expect(result.receipt().bytes() > 100 && result.bytesAsListed(), "and its bytes");
    expect(isLinkedTo("K1002", result.linked()), "Ben is linked by hand");
    expect(result.created().name().equals("Nadia Petrova"), "Nadia is a customer now");
  }

  private void answering(Answering.Result result) {
    expect(
        result.assigned().findAssignee().filter(Shop.MARA.id()::equals).isPresent(),
        "the conversation is Mara's");
    expect(result.arrived().size() == 1, "Ana gets one answer");
    RfcMessageId ours = Objects.requireNonNull(result.sent().headers().messageId(), "messageId");
    ArrivedMail.Thread thread = result.arrived().get(0).thread();
    expect(thread.messageId().equals(ours.bracketed()), "with the Message-ID that we chose");
    expect(thread.inReplyTo().equals("<brake-2@mail.example>"), "in reply to her mail");
    expect(
        thread.references().equals("<brake-1@mail.example> <brake-2@mail.example>"),
        "and with its references");
    expect(result.arrived().get(0).cc().contains("marc.alvarez@mail.example"), "Marc gets it too");
    expect(result.copyInSent(), "a copy lies in Sent");
    expect(result.completed().isCompleted(), "the conversation is completed");
    expect(
        result.answer().conversation().equals(result.completed().id()),
        "Ana's answer joins the conversation");
    expect(!result.joined().isCompleted(), "and opens it again");
    expect(result.joined().messages() == 5, "which has five messages now");
    expect(result.bounced().state().delivery() == Delivery.BOUNCED, "the answer to Gus came back");
  }

  private void tidying(Tidying.Result result) {
    expect(
        result.completed().stream()
            .map(Answer::answer)
            .toList()
            .equals(List.of("done", "done", "done", "was so already")),
        "each newsletter is completed and answered for");
    expect(
        result
            .deletion()
            .refused()
            .get(0)
            .answer()
            .startsWith("refused: Only people of this store"),
        "Priya may not delete at Harbour");
    expect(result.deletion().deleted().get(0).answer().equals("done"), "Jonas may");
    expect(!result.deletion().onServer(), "what is deleted is gone on the server");
    expect(result.deletion().afterwards().imported() == 0, "and does not come back");
    expect(
        codes(result.deletion().trail()).containsAll(List.of("action-refused", "deleted")),
        "its trail stays, with who tried and who did");
    expect(result.stillOpenAtHarbour().size() == 1, "Harbour's copy of Lena's mail stays open");
    expect(
        result.historyOfAna().stream()
            .map(Message::preview)
            .anyMatch("Is my Tourer on your list for Monday? Ana"::equals),
        "Ana's text message stands in her history");
    expect(
        result.historyOfAna().size() == 6,
        "among six messages, one from Marc, whom she had copied");
    expect(
        codes(result.trail())
            .containsAll(List.of("assigned", "reply-queued", "sent", "completed", "reopened")),
        "the trail tells of the morning");
    expect(
        result.trail().stream()
            .map(AuditEntry::at)
            .sorted()
            .toList()
            .equals(result.trail().stream().map(AuditEntry::at).toList()),
        "in its order");
  }

  private void expect(boolean holds, String what) {
    checks.expect(holds, what);
  }

  private static int sum(List<SyncReport> reports) {
    return reports.stream().mapToInt(SyncReport::imported).sum();
  }

  private static long count(List<Conversation> conversations, String inbox) {
    return conversations.stream().filter(each -> each.inbox().equals(InboxId.of(inbox))).count();
  }

  private static boolean isLinkedTo(String customer, Conversation conversation) {
    return conversation.findCustomer().filter(id -> id.value().equals(customer)).isPresent();
  }

  private static int blockedImages(OpenedMessage opened) {
    return opened.content().html() == null ? 0 : opened.content().html().blockedRemoteImages();
  }

  private static String html(OpenedMessage opened) {
    return opened.content().html() == null ? "" : opened.content().html().value();
  }

  private static List<String> codes(List<AuditEntry> trail) {
    return trail.stream().map(AuditEntry::fact).map(AuditFact::code).toList();
  }
}
