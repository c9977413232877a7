package io.engage.core.classifying;

import static io.engage.core.classifying.RawMail.classified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.address.PhoneNumber;
import io.engage.model.message.MessageKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("SY-8")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SmsMailsTest {

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of(
            "the number is the sender's address",
            """
            From: 14155550123@textapp.net
            Subject: Re: your appointment

            Sender: 14155550123
            Body: Yes, Tuesday is fine.
            Thanks!

            Original message: Is Tuesday fine?
            """,
            "Yes, Tuesday is fine.\nThanks!"),
        Arguments.of(
            "the number stands in the subject",
            """
            From: SMS <sms@didhub.example>
            Subject: SMS from +1 415-555-0123
            X-DIDHub-From: +14155550123

            Yes, Tuesday is fine.
            """,
            "Yes, Tuesday is fine."),
        Arguments.of(
            "the number is the sender's name",
            """
            From: "+1 (415) 555-0123" <relay@eu.gateway.example>
            Subject: Message

            Yes, Tuesday is fine.
            -----
            Sent through the gateway
            """,
            "Yes, Tuesday is fine."),
        Arguments.of(
            "the number stands in the text, without its country",
            """
            From: relay@eu.gateway.example
            Subject: New text message

            From: (415) 555-0123
            Message: Yes, Tuesday is fine.
            """,
            "Yes, Tuesday is fine."),
        Arguments.of(
            "the labels are German",
            """
            From: relay@eu.gateway.example
            Subject: Neue SMS

            Absender: +1 415 555 0123
            Nachricht: Dienstag passt.
            Datum: 3. Mai 2024
            """,
            "Dienstag passt."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void a_trusted_gateways_mail_becomes_a_text_message(String form, String raw, String text) {
    Classification mail = classified(raw);

    assertThat(mail.kind()).isEqualTo(MessageKind.SMS);
    assertThat(mail.sms()).isEqualTo(new SmsText(PhoneNumber.of("+14155550123"), text));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void the_same_mail_from_anybody_else_stays_a_mail(String form, String raw, String text) {
    String stranger = raw.replaceFirst("From: .*", "From: relay@gateway.example.evil.example");

    Classification mail = classified(stranger);

    assertThat(mail.kind()).isEqualTo(MessageKind.PERSON);
    assertThat(mail.sms()).isNull();
  }

  @Test
  void a_second_sender_borrows_no_trust() {
    String raw = "From: 14155550123@textapp.net\nFrom: eve@evil.example\n\nHello\n";

    assertThat(classified(raw).sms()).isNull();
  }

  @Test
  void a_gateways_mail_without_a_number_stays_a_mail() {
    String raw = "From: billing@textapp.net\nSubject: Your balance\n\nIt is low.\n";

    assertThat(classified(raw).kind()).isEqualTo(MessageKind.PERSON);
  }

  @Test
  void a_gateway_is_an_address_or_a_domain() {
    assertThatThrownBy(() -> SmsGatewaySender.of("gateway"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'gateway'");
  }
}
