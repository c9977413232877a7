package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.PhoneNumber;
import io.engage.model.message.MessageId;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsReceipt;
import io.engage.spi.SmsGateway;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SmsGateway} must do: each message once, whatever happens. Extend it and return
 * a gateway that sends nothing real.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("WK-8")
public abstract class SmsGatewayContract {
  private SmsGateway gateway;

  /** A gateway for one test; it accepts messages to {@link #reachable()}. */
  protected abstract SmsGateway gateway();

  /** A number that the gateway sends from. */
  protected abstract PhoneNumber sender();

  /** A number that it can send to. */
  protected abstract PhoneNumber reachable();

  /** A number to which it will never send; it says so at once. */
  protected abstract PhoneNumber refused();

  /** How often the message with this id left the gateway of this test. */
  protected abstract int timesSent(MessageId id);

  /** Where calls to {@link #sender()} go now. */
  protected abstract PhoneNumber callsGoTo();

  @BeforeEach
  void openGateway() {
    gateway = gateway();
  }

  @Test
  void a_message_is_sent_once_and_named() {
    OutboundSms message = sms(reachable(), "Your watch is ready 😀");

    SmsReceipt receipt = gateway.send(message);

    assertThat(receipt)
        .isInstanceOfSatisfying(
            SmsReceipt.Accepted.class, accepted -> assertThat(accepted.gatewayId()).isNotBlank());
    assertThat(timesSent(message.id())).isEqualTo(1);
  }

  @Test
  void a_message_that_comes_again_is_not_sent_again_and_answered_as_before() {
    OutboundSms message = sms(reachable(), "Your watch is ready");
    SmsReceipt first = gateway.send(message);

    SmsReceipt second = gateway.send(message);

    assertThat(second).isEqualTo(first);
    assertThat(timesSent(message.id())).isEqualTo(1);
  }

  @Test
  void the_same_text_under_another_id_is_another_message() {
    OutboundSms first = sms(reachable(), "Your watch is ready");
    OutboundSms second = sms(reachable(), "Your watch is ready");

    List<SmsReceipt> receipts = List.of(gateway.send(first), gateway.send(second));

    assertThat(receipts).doesNotHaveDuplicates();
    assertThat(timesSent(second.id())).isEqualTo(1);
  }

  @Test
  void a_message_that_is_refused_is_not_sent_and_the_reason_is_given() {
    OutboundSms message = sms(refused(), "Your watch is ready");

    SmsReceipt receipt = gateway.send(message);

    assertThat(receipt)
        .isInstanceOfSatisfying(
            SmsReceipt.Refused.class, refusal -> assertThat(refusal.reason()).isNotBlank());
    assertThat(timesSent(message.id())).isZero();
    assertThat(gateway.send(message)).isEqualTo(receipt);
  }

  @Test
  void free_numbers_are_told_without_giving_any_away() {
    assertThat(gateway.freeNumbers())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(gateway.freeNumbers());
  }

  @Test
  @Tag("SM-1")
  void calls_are_forwarded_to_the_last_line_given_however_often_it_is_given() {
    gateway.forwardCalls(sender(), reachable());
    gateway.forwardCalls(sender(), refused());

    gateway.forwardCalls(sender(), refused());

    assertThat(callsGoTo()).isEqualTo(refused());
  }

  @RepeatedTest(5)
  void of_workers_who_send_the_same_message_one_sends_it() {
    OutboundSms message = sms(reachable(), "Your watch is ready");

    List<SmsReceipt> receipts = Race.run(8, () -> gateway.send(message));

    assertThat(receipts).containsOnly(receipts.get(0));
    assertThat(timesSent(message.id())).isEqualTo(1);
  }

  private OutboundSms sms(PhoneNumber to, String text) {
    return new OutboundSms(MessageId.of(UUID.randomUUID().toString()), sender(), to, text);
  }
}
