package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.about;
import static io.engage.stories.RealStreet.allDone;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.list;
import static io.engage.stories.RealStreet.messages;
import static io.engage.stories.RealStreet.open;
import static io.engage.stories.RealStreet.opened;
import static io.engage.stories.RealStreet.page;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import java.util.List;

/** Third chapter: what is done with, and what stays for good. */
final class HubTidying extends HubStage {
  HubTidying(RealStreet street) {
    super(street);
  }

  void play() {
    completedAndOpenAgain();
    deletedInBulkForGood();
    historyOutlivesDeletion();
    anotherMailProgramTakesNothingAway();
    theTrailTellsAll();
    whoMayNotDeleteDoesNot();
  }

  private void completedAndOpenAgain() {
    Message answer = last(clara, bike());
    allDone(dirk.complete(List.of(bike())));
    assertThat(about(clara, "Brake").state().completedAt()).isEqualTo(street.clock.instant());
    assertThat(open(clara)).extracting(Conversation::id).doesNotContain(bike());
    assertThat(list(clara, ConversationFilter.completed()))
        .extracting(Conversation::id)
        .containsExactly(bike());

    arrives(
        mail("Ana Silva <ana@customer.example>", "downtown", "Re: Brake", "thanks@x.example")
            .answering(answer.headers().messageId())
            .saying("Thank you!"));
    street.sync(STORES);

    assertThat(about(clara, "Brake").state().completedAt()).isNull();
    assertThat(messages(clara, bike())).hasSize(3);
    assertThat(clara.auditTrail(bike()))
        .extracting(AuditEntry::fact)
        .contains(new AuditFact.Reopened("the customer wrote again"));
  }

  private void deletedInBulkForGood() {
    ConversationId news1 = about(clara, "news1").id();
    ConversationId news2 = about(clara, "news2").id();

    var outcomes = clara.delete(List.of(news1, news2, ConversationId.of("nobody-knows-it")));

    assertThat(outcomes.values())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("Done", "Done", "Unknown");
    assertThat(list(clara, ConversationFilter.all()))
        .extracting(Conversation::id)
        .doesNotContain(news1, news2);
    street.workOff();
    assertThat(street.post.holds("stores", "INBOX"))
        .hasSize(6)
        .doesNotContain("news1@news.example", "news2@news.example");
    assertThat(street.sync(STORES).imported()).isZero();
  }

  private void historyOutlivesDeletion() {
    Message order = last(clara, about(clara, "My order").id());
    allDone(clara.delete(List.of(order.conversation())));
    street.workOff();

    assertThat(street.post.holds("stores", "INBOX")).doesNotContain("order@x.example");
    assertThat(clara.history(CustomerId.of("ben"), page()).items())
        .extracting(Message::id)
        .containsExactly(order.id());
    assertThat(opened(clara, order.id()).content().text()).contains("About: My order");
  }

  private void anotherMailProgramTakesNothingAway() {
    Message first = messages(clara, bike()).get(0);
    street.post.expunge("stores", "brake@x.example");

    street.sync(STORES);
    street.engage.mail().reconcile(STORES);

    assertThat(about(clara, "Brake").messages()).isEqualTo(3);
    assertThat(history(Channel.EMAIL)).hasSize(4).extracting(Message::id).contains(first.id());
    assertThat(opened(clara, first.id()).content().text()).contains("Can you look at it?");
    assertThat(clara.auditTrail(first.id()))
        .extracting(AuditEntry::fact)
        .contains(new AuditFact.LeftServer(true));
  }

  private void theTrailTellsAll() {
    List<AuditEntry> trail = clara.auditTrail(bike());

    assertThat(codes(trail))
        .containsSubsequence(
            "received",
            "conversation-opened",
            "linked-to-customer",
            "marked-read",
            "assigned",
            "reply-queued",
            "sent",
            "completed",
            "reopened");
    assertThat(trail).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(trail)
        .extracting(each -> each.actor().name())
        .contains(Shop.CLARA.name(), Shop.DIRK.name());
    assertThat(done(street.engage.auditOf(BOSS).verify()).isIntact()).isTrue();
  }

  private void whoMayNotDeleteDoesNot() {
    ConversationId zoe = about(clara, "Opening hours").id();
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.DELETE, HARBOUR.id(), "Ask the boss");

    assertThat(refused(clara.delete(List.of(zoe)).get(zoe))).isEqualTo("Ask the boss");

    street.workOff();
    assertThat(street.post.holds("stores", "INBOX")).contains("hours@x.example");
    assertThat(codes(clara.auditTrail(zoe))).contains("action-refused");
  }
}
