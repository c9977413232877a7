package io.engage.core.classifying;

import static io.engage.core.classifying.RawMail.classified;
import static io.engage.core.classifying.RawMail.deliveryStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.model.message.MessageKind;
import io.engage.model.message.RfcMessageId;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SY-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeliveryReportsTest {

  @Test
  void a_report_tells_whom_which_mail_and_why() {
    String raw =
        deliveryStatus(
            """
            Original-Recipient: rfc822;ana@mail.example
            Final-Recipient: rfc822; ana.ruiz@else.example
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.else.example
            Diagnostic-Code: smtp; 550 5.1.1 <ana.ruiz@else.example>: Recipient address
                rejected: User unknown in virtual mailbox table
            """);

    Classification report = classified(raw);

    assertThat(report.kind()).isEqualTo(MessageKind.BOUNCE);
    assertThat(report.answerable().allowed()).isFalse();
    assertThat(report.bounce())
        .isEqualTo(
            new Bounce(
                RfcMessageId.of("order-7@shop.example"),
                List.of(
                    new BouncedRecipient(
                        "ana@mail.example",
                        "failed",
                        "5.1.1",
                        550,
                        "550 5.1.1 <ana.ruiz@else.example>: Recipient address rejected: User"
                            + " unknown in virtual mailbox table",
                        BounceCategory.UNKNOWN_RECIPIENT,
                        true))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "5.1.1 | smtp; 550 5.1.1 User unknown | unknown-recipient | true",
        "5.0.0 | smtp; 550 5.1.1 no such user here | unknown-recipient | true",
        "5.1.2 | smtp; 550 Host unknown | unknown-host | true",
        "5.4.4 | X-Postfix; Host or domain name not found. Name service error for name=nowhere.example type=AAAA: Host not found | unknown-host | true",
        "5.1.10 | smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup | unknown-recipient | true",
        "5.1.10 | smtp; 556 5.1.10 Recipient address has null MX | unknown-host | true",
        "5.2.1 | smtp; 550 5.2.1 The email account that you tried to reach is disabled | disabled-recipient | true",
        "5.2.2 | smtp; 552 5.2.2 Mailbox full | mailbox-full | false",
        "5.0.0 | smtp; 552 mailbox is over quota | mailbox-full | false",
        "5.3.4 | smtp; 552 5.3.4 Message size exceeds fixed limit | too-big | false",
        "5.7.1 | smtp; 554 5.7.1 Service unavailable; client host blocked using a block list | policy | false",
        "5.7.26 | smtp; 550-5.7.26 This mail has been blocked because the sender is unauthenticated. | policy | false",
        "5.7.1 | smtp; 550 5.7.1 Unable to relay | policy | false",
        "5.7.1 | smtp; 550 5.7.1 user unknown | unknown-recipient | true",
        "5.0.0 | smtp; 550 message looks like spam | policy | false",
        "5.4.7 | smtp; 554 5.4.7 Delivery expired (message too old) | temporary | false",
        "4.4.1 | X-Postfix; connect to mx.mail.example[192.0.2.25]:25: Connection timed out | temporary | false",
        "4.7.1 | smtp; 450 4.7.1 Recipient address rejected: Greylisted, try again | temporary | false",
        "4.2.2 | smtp; 452 4.2.2 The email account that you tried to reach is over quota | mailbox-full | false",
        "5.0.0 | smtp; 550 Recipient rejected | rejected-recipient | true",
        "5.7.129 | smtp; 550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized | policy | false",
        "5.0.0 | smtp; 550 computer says no | other | false"
      })
  void the_category_follows_codes_where_they_tell_and_words_where_they_do_not(
      String status, String diagnostic, String category, boolean permanent) {
    String raw =
        deliveryStatus(
            "Final-Recipient: rfc822; ana@mail.example\nAction: failed\nStatus: "
                + status
                + "\nDiagnostic-Code: "
                + diagnostic);

    BouncedRecipient recipient = classified(raw).bounce().recipients().get(0);

    assertThat(recipient.category().code()).isEqualTo(category);
    assertThat(recipient.permanent()).isEqualTo(permanent);
  }

  @ParameterizedTest
  @CsvSource({
    "failed, 5.1.1, BOUNCE",
    "delayed, 4.4.1, DELAY",
    "delivered, 2.0.0, DELIVERED",
    "relayed, 2.0.0, DELIVERED",
    "expanded, 2.0.0, DELIVERED"
  })
  void the_action_makes_the_kind(String action, String status, MessageKind kind) {
    String raw =
        deliveryStatus(
            "Final-Recipient: rfc822;ana@mail.example\nAction: " + action + "\nStatus: " + status);

    Classification report = classified(raw);

    assertThat(report.kind()).isEqualTo(kind);
    assertThat(report.bounce().recipients().get(0).action()).isEqualTo(action);
  }

  @Test
  void several_recipients_are_told_apart_and_the_worst_makes_the_kind() {
    String raw =
        deliveryStatus(
            """
            Final-Recipient: rfc822;ana@mail.example
            Action: delivered
            Status: 2.1.5

            Final-Recipient: rfc822;<ben@mail.example>
            Action: failed
            Status: 5.2.2
            Diagnostic-Code: smtp;552 5.2.2 quota
            Final-Recipient: rfc822;cleo@mail.example
            Action: delayed (still trying)
            Status: 4.4.7
            """);

    Classification report = classified(raw);

    assertThat(report.kind()).isEqualTo(MessageKind.BOUNCE);
    assertThat(report.bounce().recipients())
        .extracting(BouncedRecipient::address, BouncedRecipient::action)
        .containsExactly(
            tuple("ana@mail.example", "delivered"),
            tuple("ben@mail.example", "failed"),
            tuple("cleo@mail.example", "delayed"));
  }

  @Test
  void a_customer_who_forwards_a_report_stays_a_person() {
    String raw =
        """
        Return-Path: <ana@mail.example>
        From: Ana Ruiz <ana@mail.example>
        To: shop@shop.example
        Subject: Fwd: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="m1"

        --m1
        Content-Type: text/plain

        I got this when I wrote to you. What can I do?

        --m1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; shop@shop.example
        Action: failed
        Status: 5.1.1

        --m1--
        """;

    Classification mail = classified(raw);

    assertThat(mail.kind()).isEqualTo(MessageKind.PERSON);
    assertThat(mail.answerable().allowed()).isTrue();
  }

  @Test
  void a_complaint_names_its_type_its_recipient_and_the_mail() {
    String raw =
        """
        From: <feedback@provider.example>
        To: abuse@shop.example
        Subject: FW: May offers
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="f1"

        --f1
        Content-Type: text/plain

        This is an email abuse report for an email message received from 192.0.2.1.

        --f1
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: SomeGenerator/1.0
        Version: 1
        Original-Rcpt-To: <ana@mail.example>

        --f1
        Content-Type: message/rfc822

        From: <news@shop.example>
        To: <undisclosed@mail.example>
        Subject: May offers
        Message-ID: <may-1@shop.example>

        Offers.

        --f1--
        """;

    Classification complaint = classified(raw);

    assertThat(complaint.kind()).isEqualTo(MessageKind.COMPLAINT);
    assertThat(complaint.complaint())
        .isEqualTo(
            new Complaint(
                "abuse", List.of("ana@mail.example"), RfcMessageId.of("may-1@shop.example")));
    assertThat(complaint.answerable().allowed()).isFalse();
  }

  @Test
  void a_disposition_notification_and_a_calendar_reply_are_what_they_say() {
    String disposition =
        """
        From: Ana Ruiz <ana@mail.example>
        To: shop@shop.example
        Subject: Read: your order
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=disposition-notification; boundary="d1"

        --d1
        Content-Type: text/plain

        Your message was read.

        --d1
        Content-Type: message/disposition-notification

        Final-Recipient: rfc822;ana@mail.example
        Original-Message-ID: <order-7@shop.example>
        Disposition: manual-action/MDN-sent-manually; displayed

        --d1--
        """;
    String reply =
        """
        From: Ana Ruiz <ana@mail.example>
        To: shop@shop.example
        Subject: Accepted: Fitting
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="c1"

        --c1
        Content-Type: text/plain

        Ana Ruiz has accepted this invitation.

        --c1
        Content-Type: text/calendar; charset=utf-8; method=REPLY

        BEGIN:VCALENDAR
        METHOD:REPLY
        BEGIN:VEVENT
        UID:1
        END:VEVENT
        END:VCALENDAR

        --c1--
        """;

    assertThat(classified(disposition).kind()).isEqualTo(MessageKind.DISPOSITION);
    assertThat(classified(reply).kind()).isEqualTo(MessageKind.CALENDAR_REPLY);
    assertThat(classified(reply.replace("REPLY", "REQUEST")).kind()).isEqualTo(MessageKind.PERSON);
  }
}
