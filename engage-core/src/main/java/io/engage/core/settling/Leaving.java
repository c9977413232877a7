package io.engage.core.settling;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxTask.SendMail;
import io.engage.model.outbox.OutboxTask.SendSms;
import java.util.Collection;
import java.util.Optional;

/** Decides whether what is queued may leave now: an inbox that is switched off sends nothing. */
public final class Leaving {
  private static final Verdict GO = new Verdict.Go();
  private static final Verdict WAIT = new Verdict.Wait();

  private Leaving() {}

  /** What is to be done with it. */
  public sealed interface Verdict {
    record Go() implements Verdict {}

    /** Until its inbox is on again. */
    record Wait() implements Verdict {}

    /**
     * Not any more.
     *
     * @param reason for the audit trail
     */
    record Never(String reason) implements Verdict {}
  }

  /**
   * @param message the one that the claim is about; empty when it is about none, or that is gone
   * @param inboxes all of them
   */
  public static Verdict decide(
      OutboxClaim claim, Optional<Message> message, Collection<Inbox> inboxes) {
    if (claim.interrupted() || message.isEmpty() || mustGo(claim)) {
      return GO;
    }
    Optional<Inbox> inbox =
        inboxes.stream().filter(each -> each.id().equals(message.get().inbox())).findFirst();
    boolean on = inbox.isPresent() && inbox.get().settings().enabled();
    if (!isConfirmation(claim, message.get())) {
      return on ? GO : WAIT;
    }
    if (!on) {
      return new Verdict.Never("its inbox was switched off before the confirmation went out");
    }
    return isFrom(inbox.get(), message.get())
        ? GO
        : new Verdict.Never("its inbox was deleted before the confirmation went out");
  }

  /** Who writes STOP is told that it was heard, whatever else is off. */
  private static boolean mustGo(OutboxClaim claim) {
    return claim.entry().task() instanceof SendSms sms
        ? sms.purpose() == SendSms.Purpose.KEYWORD_ANSWER
        : !(claim.entry().task() instanceof SendMail);
  }

  private static boolean isConfirmation(OutboxClaim claim, Message message) {
    return claim.entry().task() instanceof SendMail && message.kind() == MessageKind.AUTO_REPLY;
  }

  /** An heir has the messages of the inbox that went, but speaks under a name of its own. */
  private static boolean isFrom(Inbox inbox, Message message) {
    EmailAddress ours = inbox.sender().address();
    return message.headers().from().stream().map(NamedAddress::address).anyMatch(ours::equals);
  }
}
