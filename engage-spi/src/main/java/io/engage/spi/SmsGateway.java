package io.engage.spi;

import io.engage.model.address.PhoneNumber;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsReceipt;
import java.util.List;

/**
 * Sends text messages.
 *
 * <p>What arrives, and what becomes of what was sent, comes the other way: the host's webhook calls
 * {@code engage.sms().receive(...)} and {@code engage.sms().report(...)}.
 *
 * <p><b>Callers.</b> The worker of the outbox, one message at a time; several workers may call at
 * once.
 *
 * <p><b>Repetition.</b> A message with an id that the gateway has seen is not sent again; the
 * answer is the first one.
 *
 * <p><b>Failure.</b> Throw {@link PortFailure} when nobody can say now: the message is tried again
 * later.
 *
 * <p>{@code SmsGatewayContract} in engage-testkit has a test for each promise on this page.
 */
public interface SmsGateway {

  SmsReceipt send(OutboundSms message);

  /** Numbers that a store could be given, in any order; empty when there are none. */
  List<PhoneNumber> freeNumbers();

  /**
   * Has calls to one of our numbers forwarded from now on. Doing it again changes nothing; another
   * {@code to} replaces the one before.
   *
   * @throws PortFailure when it could not be done; it is tried again later
   */
  void forwardCalls(PhoneNumber number, PhoneNumber to);

  /** A gateway that has no numbers, refuses every message and says why. */
  static SmsGateway none() {
    return new SmsGateway() {
      @Override
      public SmsReceipt send(OutboundSms message) {
        return new SmsReceipt.Refused(
            "No SMS gateway is plugged in. Give Engage one with sms(...).");
      }

      @Override
      public List<PhoneNumber> freeNumbers() {
        return List.of();
      }

      @Override
      public void forwardCalls(PhoneNumber number, PhoneNumber to) {
        throw new PortFailure(
            "No SMS gateway is plugged in. Give Engage one with sms(...).", false);
      }
    };
  }
}
