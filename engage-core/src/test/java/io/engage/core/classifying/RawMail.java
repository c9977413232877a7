package io.engage.core.classifying;

import io.engage.core.MailReader;
import io.engage.imap.MimeFormat;
import io.engage.model.message.MailContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Mails written out as they travel, and what becomes of them. */
final class RawMail {
  private static final MailReader READER =
      MailReader.of(
          MimeFormat.create(),
          Classifying.of(
              List.of(
                  SmsGatewaySender.of("textapp.net"),
                  SmsGatewaySender.of("sms@didhub.example"),
                  SmsGatewaySender.of("*.gateway.example")),
              "US"));

  private RawMail() {}

  static Classification classified(String raw) {
    try {
      byte[] bytes = raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      return READER.readForImport(MailContent.of(bytes)).classification();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a customer wrote, with these header lines besides the usual ones. */
  static String person(String fields, String text) {
    return """
        From: Ana Ruiz <ana@mail.example>
        To: shop@shop.example
        Date: Fri, 03 May 2024 10:30:00 +0200
        Message-ID: <ana-1@mail.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit
        """
        + fields.strip()
        + "\n\n"
        + text;
  }

  /** A mail of a mail system in words, with these header lines and this text. */
  static String report(String fields, String text) {
    return """
        Return-Path: <>
        To: shop@shop.example
        Date: Fri, 03 May 2024 10:30:00 +0200
        Message-ID: <report-1@mx.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit
        """
        + fields.strip()
        + "\n\n"
        + text;
  }

  /** A delivery status notification about {@code <order-7@shop.example>}. */
  static String deliveryStatus(String perRecipient) {
    return """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example (Mail Delivery System)
        To: shop@shop.example
        Subject: Undelivered Mail Returned to Sender
        Date: Fri, 03 May 2024 10:30:00 +0200
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.example.

        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example
        Arrival-Date: Fri, 03 May 2024 10:29:00 +0200

        """
        + perRecipient.strip()
        + """


        --b1
        Content-Type: message/rfc822

        Return-Path: <shop@shop.example>
        From: Shop <shop@shop.example>
        To: ana@mail.example
        Subject: Your order
        Message-ID: <order-7@shop.example>
        Content-Type: text/plain

        Your order is ready.

        --b1--
        """;
  }
}
