package io.engage.core.classifying;

import static io.engage.core.classifying.RawMail.classified;
import static io.engage.core.classifying.RawMail.person;
import static io.engage.core.classifying.RawMail.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.MessageKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("SY-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FreeFormBouncesTest {

  static Stream<Arguments> reports() {
    return Stream.of(
        Arguments.of(
            "Exim",
            report(
                """
                From: Mail Delivery System <Mailer-Daemon@host.example>
                Subject: Mail delivery failed: returning message to sender
                X-Failed-Recipients: ana@mail.example
                Auto-Submitted: auto-replied
                """,
                """
                This message was created automatically by mail delivery software.

                A message that you sent could not be delivered to one or more of its
                recipients. This is a permanent error. The following address(es) failed:

                  ana@mail.example
                    host mx.mail.example [192.0.2.7]
                    SMTP error from remote mail server after RCPT TO:<ana@mail.example>:
                    550 5.1.1 User unknown

                ------ This is a copy of the message, including all the headers. ------

                Return-path: <shop@shop.example>
                From: Shop <shop@shop.example>
                To: ana@mail.example
                Subject: Your order
                Message-ID: <order-7@shop.example>

                Your order is ready. Questions? help@shop.example
                """),
            "unknown-recipient",
            "5.1.1",
            550,
            true),
        Arguments.of(
            "qmail",
            report(
                """
                From: MAILER-DAEMON@mx.shop.example
                Subject: failure notice
                """,
                """
                Hi. This is the qmail-send program at mx.shop.example.
                I'm afraid I wasn't able to deliver your message to the following addresses.
                This is a permanent error; I've given up. Sorry it didn't work out.

                <ana@mail.example>:
                192.0.2.7 does not like recipient.
                Remote host said: 552 Requested mail action aborted: exceeded storage allocation
                Giving up on 192.0.2.7.

                --- Below this line is a copy of the message.

                Return-Path: <shop@shop.example>
                Message-ID: <order-7@shop.example>
                To: ana@mail.example
                """),
            "mailbox-full",
            null,
            552,
            false),
        Arguments.of(
            "Postfix in words",
            report(
                """
                From: MAILER-DAEMON@shop.example (Mail Delivery System)
                Subject: Undelivered Mail Returned to Sender
                """,
                """
                This is the mail system at host shop.example.

                I'm sorry to have to inform you that your message could not
                be delivered to one or more recipients. It's attached below.

                For further assistance, please send mail to postmaster.

                <ana@mail.example>: host mx.mail.example[192.0.2.7] said: 554 5.7.1
                    <ana@mail.example>: Relay access denied (in reply to RCPT TO command)

                Message-ID: <order-7@shop.example>
                """),
            "policy",
            "5.7.1",
            554,
            false),
        Arguments.of(
            "sendmail",
            report(
                """
                From: Mail Delivery Subsystem <MAILER-DAEMON@shop.example>
                Subject: Returned mail: see transcript for details
                """,
                """
                The original message was received at Fri, 3 May 2024 10:30:00 +0200
                from shop.example [192.0.2.1]

                   ----- The following addresses had permanent fatal errors -----
                <ana@mail.example>
                    (reason: 550 5.1.1 <ana@mail.example>... User unknown)

                   ----- Transcript of session follows -----
                ... while talking to mx.mail.example.:
                >>> DATA
                <<< 550 5.1.1 <ana@mail.example>... User unknown
                550 5.1.1 <ana@mail.example>... User unknown

                   ----- Original message follows -----

                Message-ID: <order-7@shop.example>
                To: ana@mail.example
                """),
            "unknown-recipient",
            "5.1.1",
            550,
            true),
        Arguments.of(
            "Exchange",
            report(
                """
                From: postmaster@mail.example
                Subject: Undeliverable: Your order
                In-Reply-To: <order-7@shop.example>
                """,
                """
                Delivery has failed to these recipients or groups:

                ana@mail.example<mailto:ana@mail.example>
                The email address you entered couldn't be found. Please check the recipient's
                email address and try to resend the message.

                Diagnostic information for administrators:

                Generating server: EX1.mail.example

                ana@mail.example
                Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'

                Original message headers:

                Received: from EX2.mail.example by EX1.mail.example
                """),
            "unknown-recipient",
            "5.1.10",
            550,
            true),
        Arguments.of(
            "Gmail",
            report(
                """
                From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
                Subject: Delivery Status Notification (Failure)
                X-Failed-Recipients: ana@mail.example
                References: <order-7@shop.example>
                """,
                """
                ** Address not found **

                Your message wasn't delivered to ana@mail.example because the address couldn't be found, or is unable to receive mail.

                The response from the remote server was:
                550 5.1.1 The email account that you tried to reach does not exist.
                """),
            "unknown-recipient",
            "5.1.1",
            550,
            true),
        Arguments.of(
            "Yahoo",
            report(
                """
                From: MAILER-DAEMON@yahoo.example
                Subject: Failure Notice
                """,
                """
                Sorry, we were unable to deliver your message to the following address.

                <ana@mail.example>:
                554: delivery error: dd This user doesn't have a mail.example account (ana@mail.example) [0]

                --- Below this line is a copy of the message.

                Message-ID: <order-7@shop.example>
                """),
            "unknown-recipient",
            null,
            554,
            true),
        Arguments.of(
            "Domino",
            report(
                """
                From: Postmaster@mail.example
                Subject: DELIVERY FAILURE: User ana (ana@mail.example) not listed in Domino Directory
                """,
                """
                Your message

                  Subject: Your order

                was not delivered to:

                  ana@mail.example

                because:

                  User ana (ana@mail.example) not listed in Domino Directory

                Message-ID: <order-7@shop.example>
                """),
            "unknown-recipient",
            null,
            null,
            true),
        Arguments.of(
            "German provider",
            report(
                """
                From: Mail Delivery System <mailer-daemon@anbieter.example>
                Subject: Mail delivery failed: returning message to sender
                """,
                """
                Diese Nachricht wurde automatisch erstellt.

                Ihre Nachricht konnte nicht zugestellt werden. Folgende Adresse ist fehlgeschlagen:

                ana@mail.example:
                SMTP error from remote server for RCPT TO command, host: mx.mail.example (192.0.2.7) reason: 550 Postfach voll

                --- The header of the original message is following. ---

                Message-Id: <order-7@shop.example>
                """),
            "mailbox-full",
            null,
            550,
            false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reports")
  void a_report_in_words_is_understood(
      String system,
      String raw,
      String category,
      String status,
      Integer replyCode,
      boolean permanent) {
    Classification report = classified(raw);

    assertThat(report.kind()).isEqualTo(MessageKind.BOUNCE);
    assertThat(report.bounce().originalMessageId()).hasToString("order-7@shop.example");
    assertThat(report.bounce().recipients())
        .singleElement()
        .satisfies(
            recipient -> {
              assertThat(recipient.address()).isEqualTo("ana@mail.example");
              assertThat(recipient.category().code()).isEqualTo(category);
              assertThat(recipient.status()).isEqualTo(status);
              assertThat(recipient.replyCode()).isEqualTo(replyCode);
              assertThat(recipient.permanent()).isEqualTo(permanent);
            });
  }

  @Test
  void two_recipients_of_one_report_have_their_own_reasons() {
    String raw =
        report(
            """
            From: Mail Delivery System <Mailer-Daemon@host.example>
            Subject: Mail delivery failed: returning message to sender
            """,
            """
            A message that you sent could not be delivered to one or more of its
            recipients. The following address(es) failed:

              ana@mail.example
                SMTP error from remote mail server after RCPT TO:<ana@mail.example>:
                550 5.1.1 User unknown
              ben@else.example
                SMTP error from remote mail server after end of data:
                552 5.3.4 Message size exceeds fixed limit
            """);

    Bounce bounce = classified(raw).bounce();

    assertThat(bounce.recipients())
        .extracting(recipient -> recipient.address() + " " + recipient.category().code())
        .containsExactly("ana@mail.example unknown-recipient", "ben@else.example too-big");
  }

  @Test
  void a_delay_is_no_bounce() {
    String raw =
        report(
            """
            From: Mail Delivery System <Mailer-Daemon@host.example>
            Subject: Warning: message 1sXyZ delayed 24 hours
            """,
            """
            This message was created automatically by mail delivery software.
            A message that you sent has not yet been delivered to one or more of its
            recipients after more than 24 hours on the queue on host.example.

              ana@mail.example
                host mx.mail.example [192.0.2.7]: Connection timed out

            No action is required on your part. Delivery attempts will continue for
            some time, and this warning may be repeated.
            """);

    Classification report = classified(raw);

    assertThat(report.kind()).isEqualTo(MessageKind.DELAY);
    assertThat(report.bounce().recipients().get(0).permanent()).isFalse();
  }

  @Test
  void a_customer_who_quotes_a_report_stays_a_person() {
    String raw =
        person(
            "Return-Path: <ana@mail.example>\nSubject: Fwd: Undelivered Mail Returned to Sender",
            """
            Your address does not work:

            > This is the mail system at host mx.example.
            > <shop@shop.example>: host mx.shop.example said: 550 5.1.1 User unknown

            Delivery failed, so I try this address.
            """);

    Classification mail = classified(raw);

    assertThat(mail.kind()).isEqualTo(MessageKind.PERSON);
    assertThat(mail.bounce()).isNull();
  }

  @Test
  void a_person_who_is_postmaster_stays_a_person() {
    String raw =
        person("Subject: Your invoice 17", "Dear shop,\n\nour club needs two more racks.\n")
            .replace("ana@mail.example", "postmaster@club.example");

    Classification mail = classified(raw);

    assertThat(mail.bounce()).isNull();
    assertThat(mail.answerable().allowed()).isFalse();
  }
}
