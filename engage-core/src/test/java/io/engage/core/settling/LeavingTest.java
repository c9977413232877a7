package io.engage.core.settling;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.MORNING;
import static io.engage.core.Shop.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.settling.Leaving.Verdict;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.outbox.OutboxTask.SendSms;
import io.engage.model.outbox.OutboxTask.SendSms.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-14")
class LeavingTest {
  private static final PhoneNumber OURS = PhoneNumber.of("+14155550111");
  private static final PhoneNumber ANAS = PhoneNumber.of("+14155550101");

  private final Inbox off =
      Shop.workshop().withSettings(Shop.workshop().settings().change().enabled(false).build());
  private final Conversation bike = Shop.conversation("bike", off, ANA);
  private final Message answer = Shop.sent("m1", bike, from(off.sender()).to(ANA).headers());

  @Test
  void what_an_agent_wrote_waits_for_an_inbox_that_is_off() {
    OutboxTask text = text(Purpose.CONVERSATION);

    assertThat(decide(mail(), off)).isInstanceOf(Verdict.Wait.class);
    assertThat(decide(text, off)).isInstanceOf(Verdict.Wait.class);
    assertThat(decide(mail(), Shop.workshop())).isInstanceOf(Verdict.Go.class);
    assertThat(decide(text, Shop.workshop())).isInstanceOf(Verdict.Go.class);
  }

  @Test
  @Tag("SM-3")
  void whoever_writes_stop_is_told_that_it_was_heard() {
    assertThat(decide(text(Purpose.KEYWORD_ANSWER), off)).isInstanceOf(Verdict.Go.class);
  }

  @Test
  void what_is_to_be_done_on_a_server_asks_no_inbox() {
    assertThat(decide(new OutboxTask.MarkSeen(Set.of(), true), off)).isInstanceOf(Verdict.Go.class);
  }

  @Test
  void an_attempt_that_was_cut_short_is_settled_whatever_is_off() {
    OutboxClaim interrupted = new OutboxClaim(entry(mail()), 1, true);

    assertThat(Leaving.decide(interrupted, Optional.of(answer), List.of(off)))
        .isInstanceOf(Verdict.Go.class);
  }

  private Verdict decide(OutboxTask task, Inbox inbox) {
    return Leaving.decide(
        new OutboxClaim(entry(task), 1, false), Optional.of(answer), List.of(Shop.shop(), inbox));
  }

  private static OutboxEntry entry(OutboxTask task) {
    return new OutboxEntry(OutboxId.of("o1"), AccountId.of("any"), task, MORNING, 0);
  }

  private OutboxTask mail() {
    return new OutboxTask.SendMail(
        answer.id(),
        Shop.id("answer@shop.example"),
        off.sender().address(),
        List.of(ANA.address()),
        answer.source());
  }

  private OutboxTask text(Purpose purpose) {
    return new SendSms(answer.id(), OURS, ANAS, answer.source(), purpose);
  }
}
