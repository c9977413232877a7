package io.engage.spi;

import io.engage.model.address.PhoneNumber;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsReceipt;
import java.util.List;

/**
 * Sends text messages.
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
    };
  }
}
