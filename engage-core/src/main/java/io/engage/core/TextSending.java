package io.engage.core;

import io.engage.core.consenting.Asking;
import io.engage.core.consenting.Asking.Verdict;
import io.engage.core.consenting.Reporting;
import io.engage.core.settling.Settling;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.outbox.OutboxTask.ForwardCalls;
import io.engage.model.outbox.OutboxTask.SendSms;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsDispatch;
import io.engage.model.sms.SmsReceipt;
import io.engage.spi.StaleVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands texts to the gateway, and records what it said. Each may be handed over twice, because the
 * gateway knows what it has by the message's id. Consent is looked at again right before.
 */
final class TextSending {
  private static final Logger LOG = LoggerFactory.getLogger(TextSending.class);
  private static final Duration HELD_FOR = Duration.ofMinutes(15);

  private final Parts parts;
  private final TextLines lines;
  private final TextReports reports;
  private final TextQueue queue;
  private final Settling settling = new Settling();

  TextSending(Parts parts) {
    this.parts = parts;
    this.lines = new TextLines(parts);
    this.reports = new TextReports(parts);
    this.queue = new TextQueue(parts);
  }

  /**
   * @param mayGoOn asked before each; those that are left are given back
   */
  void work(List<OutboxClaim> claims, BooleanSupplier mayGoOn) {
    int begun = 0;
    while (begun < claims.size() && mayGoOn.getAsBoolean()) {
      work(claims.get(begun++));
    }
    if (begun < claims.size()) {
      parts
          .storage()
          .outbox()
          .release(claims.subList(begun, claims.size()), parts.clock().instant());
    }
  }

  /** One text's trouble must not keep the others back. */
  private void work(OutboxClaim claim) {
    try {
      if (claim.entry().task() instanceof SendSms sms) {
        send(claim, sms);
      } else if (claim.entry().task() instanceof ForwardCalls calls) {
        forward(claim, calls);
      }
    } catch (StaleVersion overtaken) {
      LOG.warn("Outbox entry '{}' was worked on past the end of its lease", claim.entry().id());
    } catch (RuntimeException failed) {
      LOG.warn(
          "Outbox entry '{}' is tried again when its lease ends",
          claim.entry().id(),
          LoggedFailure.of(failed));
    }
  }

  private void send(OutboxClaim claim, SendSms sms) {
    Instant now = parts.clock().instant();
    Optional<Message> found = message(sms);
    if (found.isEmpty() || found.get().state().erased()) {
      settle(claim, sms, fail(sms, "the message was erased"));
      return;
    }
    Verdict verdict =
        Asking.decide(sms.purpose(), lines.consent(sms.from(), sms.to()), found.get().at(), now);
    if (verdict instanceof Verdict.Refuse refused) {
      settle(claim, sms, fail(sms, refused.reason()));
    } else if (verdict instanceof Verdict.Wait) {
      later(
          claim,
          sms,
          new OutboxSettlement(claim, again(claim, now.plus(HELD_FOR))),
          "held until an agent has read what the customer wrote");
    } else {
      handOver(claim, sms, found.get());
    }
  }

  private void handOver(OutboxClaim claim, SendSms sms, Message message) {
    SmsReceipt receipt;
    try {
      receipt =
          parts
              .sms()
              .send(
                  new OutboundSms(sms.message(), sms.from(), sms.to(), queue.words(sms.source())));
    } catch (RuntimeException broken) {
      LOG.warn("Text message '{}' could not be sent now", sms.message(), LoggedFailure.of(broken));
      putOff(claim, sms, message, Failures.inWords(broken));
      return;
    }
    if (receipt instanceof SmsReceipt.Accepted accepted) {
      settle(claim, sms, accept(sms, accepted.gatewayId()));
    } else if (receipt instanceof SmsReceipt.Refused refused) {
      settle(claim, sms, refuse(sms, refused));
    }
  }

  /** A text that comes a day late is no answer any more. */
  private void putOff(OutboxClaim claim, SendSms sms, Message message, String reason) {
    Instant now = parts.clock().instant();
    if (Asking.isTooLate(message.at(), now)) {
      settle(claim, sms, fail(sms, "given up after a day, the last: " + reason));
    } else {
      later(claim, sms, settling.retry(claim, now), reason);
    }
  }

  private void later(OutboxClaim claim, SendSms sms, OutboxSettlement settlement, String reason) {
    OutboxEntry again = settlement.again();
    Instant next = again == null ? parts.clock().instant() : again.notBefore();
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .settlements(List.of(settlement))
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.OUTBOX,
                            message(sms).map(TextReports::subject).orElse(AuditSubject.NONE),
                            new AuditFact.SendPostponed(reason, next)))
                .build());
  }

  private static OutboxEntry again(OutboxClaim claim, Instant at) {
    OutboxEntry entry = claim.entry();
    return new OutboxEntry(entry.id(), entry.account(), entry.task(), at, entry.attempts());
  }

  /** What an end makes of the message, beside the settlement. */
  private interface End {
    void on(Message message, InboxChange.Builder change, List<Occurrence> occurrences);
  }

  private End fail(SendSms sms, String reason) {
    return (message, change, occurrences) -> {
      failed(message, sms, "", reason, false, change, occurrences);
    };
  }

  private End refuse(SendSms sms, SmsReceipt.Refused refused) {
    return (message, change, occurrences) ->
        failed(
            message,
            sms,
            refused.code(),
            Reporting.withoutNumbers((refused.code() + " " + refused.reason()).strip()),
            Reporting.isOptOut(refused.code()),
            change,
            occurrences);
  }

  private void failed(
      Message message,
      SendSms sms,
      String code,
      String reason,
      boolean optOut,
      InboxChange.Builder change,
      List<Occurrence> occurrences) {
    change.messages(List.of(message.withState(message.state().withDelivery(Delivery.FAILED))));
    occurrences.add(
        new Occurrence(TextReports.subject(message), new AuditFact.SendFailed(reason, 1)));
    reports.ended(message, sms.from(), Delivery.FAILED, optOut, code, change, occurrences);
  }

  /** What the gateway may have reported already, before it told us the name. */
  private End accept(SendSms sms, String gatewayId) {
    return (message, change, occurrences) -> {
      SmsDispatch dispatch = reports.dispatch(gatewayId);
      occurrences.add(
          new Occurrence(TextReports.subject(message), new AuditFact.Sent("accepted", 1)));
      change.document(dispatch.of(message.id(), sms.from()));
      if (dispatch.report() == null) {
        change.messages(List.of(message.withState(message.state().withDelivery(Delivery.SENT))));
      } else {
        reports.follow(message, sms.from(), dispatch.report(), change, occurrences);
      }
    };
  }

  private void settle(OutboxClaim claim, SendSms sms, End end) {
    retrying(
        () -> {
          List<Occurrence> occurrences = new ArrayList<>();
          InboxChange.Builder change =
              InboxChange.builder().settlements(List.of(OutboxSettlement.done(claim)));
          message(sms).ifPresent(message -> end.on(message, change, occurrences));
          if (occurrences.isEmpty()) {
            occurrences.add(
                new Occurrence(
                    AuditSubject.NONE, new AuditFact.SendFailed("the message is gone", 1)));
          }
          return change.audit(parts.committing().stamp(Actor.OUTBOX, occurrences)).build();
        });
  }

  private void retrying(Supplier<InboxChange> change) {
    parts
        .committing()
        .retrying(
            () -> {
              parts.committing().commit(change.get());
              return true;
            });
  }

  private void forward(OutboxClaim claim, ForwardCalls calls) {
    OutboxSettlement settlement = OutboxSettlement.done(claim);
    AuditFact fact = new AuditFact.DoneOnServer(calls.code(), 1);
    try {
      if (isWanted(calls)) {
        parts.sms().forwardCalls(calls.number(), calls.to());
      }
    } catch (RuntimeException failed) {
      settlement = settling.retry(claim, parts.clock().instant());
      fact = new AuditFact.ServerTaskPostponed(calls.code(), Failures.inWords(failed));
    }
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .settlements(List.of(settlement))
                .audit(parts.committing().stamp(Actor.OUTBOX, AuditSubject.NONE, fact))
                .build());
  }

  /** It may have been corrected since, and what is tried again late must not undo that. */
  private boolean isWanted(ForwardCalls calls) {
    return lines
        .inboxAt(calls.number())
        .flatMap(inbox -> Optional.ofNullable(inbox.settings().sms()))
        .filter(line -> line.callsTo().equals(calls.to()))
        .isPresent();
  }

  private Optional<Message> message(SendSms sms) {
    return parts.storage().inboxes().messages(List.of(sms.message())).stream().findFirst();
  }
}
