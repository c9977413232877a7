package io.engage.core;

import io.engage.core.consenting.Asking;
import io.engage.core.consenting.Reporting;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsDispatch;
import io.engage.model.sms.SmsReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets messages follow what the gateway reports, in whatever order that comes. */
final class TextReports {
  private final Parts parts;
  private final TextLines lines;
  private final Unanswered unanswered;

  TextReports(Parts parts) {
    this.parts = parts;
    this.lines = new TextLines(parts);
    this.unanswered = new Unanswered(parts);
  }

  Outcome<Message> take(SmsReport report) {
    return parts.committing().retrying(() -> readDecideCommit(report));
  }

  private Outcome<Message> readDecideCommit(SmsReport report) {
    SmsDispatch dispatch = dispatch(report.gatewayId());
    if (report.equals(dispatch.report())) {
      return new Outcome.AlreadySo<>();
    }
    Optional<Message> message = message(dispatch.message());
    List<Occurrence> occurrences = new ArrayList<>();
    InboxChange.Builder change = InboxChange.builder().document(dispatch.reported(report));
    occurrences.add(
        new Occurrence(
            message.map(TextReports::subject).orElse(AuditSubject.NONE),
            new AuditFact.SmsReported(report.status().name(), Reporting.code(report.code()))));
    Optional<Message> after =
        message.map(each -> follow(each, dispatch.ours(), report, change, occurrences));
    parts
        .committing()
        .commit(change.audit(parts.committing().stamp(Actor.OUTBOX, occurrences)).build());
    return after
        .<Outcome<Message>>map(each -> new Outcome.Done<>(each.withVersion(each.version() + 1)))
        .orElseGet(Outcome.Unknown::new);
  }

  SmsDispatch dispatch(String gatewayId) {
    return lines
        .find(SmsDispatch.keyOf(gatewayId))
        .map(SmsDispatch.class::cast)
        .orElseGet(() -> SmsDispatch.unknown(gatewayId, parts.clock().instant()));
  }

  /** Adds to a change what a report makes of a message and of its person's consent. */
  Message follow(
      Message before,
      @Nullable PhoneNumber ours,
      SmsReport report,
      InboxChange.Builder change,
      List<Occurrence> occurrences) {
    Delivery delivery = Reporting.decide(before.state().delivery(), report);
    Message after = before.withState(before.state().withDelivery(delivery));
    change.messages(List.of(after));
    ended(before, ours, delivery, Reporting.isOptOut(report), report.code(), change, occurrences);
    return after;
  }

  /**
   * Who has opted out at the carrier has; a request that did not arrive can be made again; who got
   * no answer waits again.
   */
  void ended(
      Message message,
      @Nullable PhoneNumber ours,
      Delivery delivery,
      boolean optOut,
      String code,
      InboxChange.Builder change,
      List<Occurrence> occurrences) {
    change.conversations(unanswered.afterwards(message, delivery));
    consentOf(message, ours)
        .ifPresent(
            consent -> {
              Asking.Step step =
                  optOut
                      ? Asking.ended(
                          consent,
                          "gateway " + Reporting.code(code),
                          parts.clock().instant(),
                          message.id().value())
                      : requestFailed(consent, message, delivery);
              if (!step.facts().isEmpty()) {
                change.document(step.consent());
                step.facts()
                    .forEach(fact -> occurrences.add(new Occurrence(subject(message), fact)));
              }
            });
  }

  private Asking.Step requestFailed(SmsConsent consent, Message message, Delivery delivery) {
    boolean isRequest =
        consent.evidence().stream()
            .anyMatch(
                each ->
                    each.state() == SmsConsent.State.REQUESTED
                        && each.reference().equals(message.id().value()));
    return isRequest && delivery == Delivery.FAILED
        ? Asking.requestFailed(consent, parts.clock().instant(), message.id().value())
        : new Asking.Step(consent, List.of());
  }

  /** With the number that it went from, wherever its conversation is now. */
  private Optional<SmsConsent> consentOf(Message message, @Nullable PhoneNumber ours) {
    PhoneNumber theirs = message.phone();
    return ours == null || theirs == null
        ? Optional.empty()
        : Optional.of(lines.consent(ours, theirs));
  }

  private Optional<Message> message(@Nullable MessageId id) {
    return id == null
        ? Optional.empty()
        : parts.storage().inboxes().messages(List.of(id)).stream().findFirst();
  }

  static AuditSubject subject(Message message) {
    return AuditSubject.of(message.inbox(), message.conversation(), message.id());
  }
}
