package io.engage.core.consenting;

import io.engage.model.audit.AuditFact;
import io.engage.model.outbox.OutboxTask.SendSms.Purpose;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsConsent.Evidence;
import io.engage.model.sms.SmsConsent.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides whether a text message may go to somebody, when it is written and again when it goes. */
public final class Asking {
  /** What has waited longer than this has lost its sense, whatever it waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private Asking() {}

  /** What becomes of a text that an agent wants to send. */
  public sealed interface Verdict {
    /** It goes. */
    record Go() implements Verdict {}

    /** The opt-in request goes instead. */
    record AskFirst() implements Verdict {}

    /** It waits until a person has read what the customer wrote. */
    record Wait() implements Verdict {}

    /** It does not go. */
    record Refuse(String reason) implements Verdict {}
  }

  /** A step, and what happened by it. */
  public record Step(SmsConsent consent, List<AuditFact> facts) {
    public Step {
      facts = List.copyOf(facts);
    }
  }

  /** When an agent wants to write. */
  public static Verdict decide(SmsConsent consent) {
    if (consent.state() == State.OPTED_OUT) {
      return new Verdict.Refuse(
          "The customer wants no text messages. Only they can begin again, with START.");
    }
    if (consent.held()) {
      return new Verdict.Refuse(
          "The customer may have asked for no more text messages. Read what they wrote, then"
              + " release the texts or end them.");
    }
    if (consent.state() == State.REQUESTED) {
      return new Verdict.Refuse(
          "The customer was asked whether they agree to text messages and has not agreed yet");
    }
    return consent.state() == State.NONE ? new Verdict.AskFirst() : new Verdict.Go();
  }

  /** When it is about to go: the customer may have spoken since it was written. */
  public static Verdict decide(Purpose purpose, SmsConsent consent, Instant written, Instant now) {
    if (isTooLate(written, now)) {
      return new Verdict.Refuse("it has waited for more than a day, and its moment has passed");
    }
    if (purpose == Purpose.KEYWORD_ANSWER) {
      return new Verdict.Go();
    }
    if (consent.state() == State.OPTED_OUT) {
      return new Verdict.Refuse("the customer wants no text messages any more");
    }
    if (consent.held()) {
      return new Verdict.Wait();
    }
    return purpose == Purpose.OPT_IN_REQUEST || consent.state() == State.OPTED_IN
        ? new Verdict.Go()
        : new Verdict.Refuse("the customer has not agreed to text messages");
  }

  /** Whether a text has waited for so long that it is no answer any more. */
  public static boolean isTooLate(Instant written, Instant now) {
    return written.plus(LONGEST_WAIT).isBefore(now);
  }

  public static Step requested(SmsConsent before, String agent, Instant now, String reference) {
    return step(before, State.REQUESTED, before.held(), agent, now, reference);
  }

  /** A request that never arrived has asked nobody; who has spoken meanwhile stays as they are. */
  public static Step requestFailed(SmsConsent before, Instant now, String reference) {
    return before.state() == State.REQUESTED
        ? step(before, State.NONE, before.held(), "the request was not sent", now, reference)
        : new Step(before, List.of());
  }

  /** An agent ends it for a customer who said so, or a gateway knows that they did. */
  public static Step ended(SmsConsent before, String by, Instant now, String reference) {
    return before.state() == State.OPTED_OUT
        ? new Step(before, List.of())
        : step(before, State.OPTED_OUT, false, by, now, reference);
  }

  public static Step released(SmsConsent before, String agent, Instant now) {
    return before.held()
        ? new Step(
            Hearing.with(
                before, before.state(), false, new Evidence(now, before.state(), agent, "")),
            List.of(new AuditFact.SmsReleased()))
        : new Step(before, List.of());
  }

  private static Step step(
      SmsConsent before, State state, boolean held, String by, Instant now, String reference) {
    return new Step(
        Hearing.with(before, state, held, new Evidence(now, state, by, reference)),
        List.of(new AuditFact.ConsentChanged(state.code(), by)));
  }
}
