package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.withField;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.engage.model.address.EmailAddress;
import io.engage.model.message.HeaderField;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SY-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeaderReadingTest {

  @Test
  void all_fields_are_given_unfolded_in_order_with_their_encoded_words() {
    ParsedMail mail =
        parse(
            "Received: from mx.example",
            "\tby in.example;",
            " Mon, 4 Mar 2024 09:05:07 +0100",
            "Received: from client.example",
            "subject : =?utf-8?Q?Caf=C3=A9?=",
            "X-Empty:",
            "",
            "Hello");

    assertThat(mail.fields())
        .containsExactly(
            new HeaderField(
                "Received", "from mx.example\tby in.example; Mon, 4 Mar 2024 09:05:07 +0100"),
            new HeaderField("Received", "from client.example"),
            new HeaderField("subject", "=?utf-8?Q?Caf=C3=A9?="),
            new HeaderField("X-Empty", ""));
    assertThat(mail.headers().subject()).isEqualTo("Café");
  }

  @Test
  @Tag("IN-5")
  void whom_a_server_took_it_for_counts_as_delivered_once() {
    ParsedMail mail =
        parse(
            "Delivered-To: support@dealer.example",
            "Received: from mx.example by in.shop.example with ESMTPS id 4x",
            " for <workshop-4x7q@in.shop.example>; Mon, 4 Mar 2024 09:05:07 +0100",
            "Received: from client.example by mx.example for <support@dealer.example>; now",
            "Received: from nowhere by somewhere for <no address>; now",
            "",
            "Hello");

    assertThat(mail.headers().deliveredTo())
        .containsExactly(
            EmailAddress.of("support@dealer.example"),
            EmailAddress.of("workshop-4x7q@in.shop.example"));
  }

  @Test
  @Tag("G-15")
  void fields_are_kept_up_to_their_bound_and_the_others_still_understood() {
    ParsedMail mail =
        parse(
            "X-Junk: " + "j".repeat(50_000) + ("\r\nX-More: " + "k".repeat(50_000)).repeat(10),
            "Subject: after the junk",
            "",
            "Hello");

    assertThat(mail.fields().stream().mapToInt(f -> f.name().length() + f.value().length()).sum())
        .isLessThanOrEqualTo(Bounds.FIELDS);
    assertThat(mail.headers().subject()).isEqualTo("after the junk");
    assertThat(mail.text()).isEqualTo("Hello\n");
    assertThat(mail.warnings()).anyMatch(warning -> warning.contains("fields"));
  }

  @Test
  @Tag("G-21")
  void the_mailboxes_that_servers_delivered_to_are_read() {
    ParsedMail mail =
        parse(
            "Delivered-To: outer@shop.example",
            "X-Original-To: <inner@shop.example>",
            "Envelope-To: other@shop.example, last@shop.example",
            "",
            "");

    assertThat(mail.headers().deliveredTo())
        .extracting(EmailAddress::value)
        .containsExactly(
            "outer@shop.example", "inner@shop.example", "other@shop.example", "last@shop.example");
  }

  @Test
  void all_recipients_are_read() {
    var headers =
        parse(
                "To: a@x.example",
                "to: b@x.example",
                "CC: c@x.example",
                "Bcc: d@x.example",
                "Reply-To: e@x.example",
                "",
                "")
            .headers();

    assertThat(headers.to()).hasSize(2);
    assertThat(headers.recipients())
        .extracting(EmailAddress::value)
        .contains("c@x.example", "d@x.example");
    assertThat(headers.replyTo())
        .extracting(a -> a.address().value())
        .containsExactly("e@x.example");
  }

  @Test
  void two_from_fields_give_both_and_a_warning() {
    ParsedMail mail = parse("From: ana@x.example", "From: boss@bank.example", "", "Hello");

    assertThat(mail.headers().from()).hasSize(2);
    assertThat(mail.warnings()).contains("It has several From fields");
  }

  @Test
  void message_ids_are_read_with_and_without_brackets() {
    assertThat(withField("Message-ID: <1@x.example>").headers().messageId())
        .isEqualTo(RfcMessageId.of("1@x.example"));
    assertThat(withField("Message-Id: 1@x.example").headers().messageId())
        .isEqualTo(RfcMessageId.of("1@x.example"));
    assertThat(withField("Message-ID: <>").headers().messageId()).isNull();
    assertThat(withField("In-Reply-To: 1@x.example").headers().inReplyTo())
        .containsExactly(RfcMessageId.of("1@x.example"));
    assertThat(
            withField("In-Reply-To: Your message of Monday <1@x.example> \"x\"")
                .headers()
                .inReplyTo())
        .containsExactly(RfcMessageId.of("1@x.example"));
    assertThat(withField("In-Reply-To: ana@x.example's message of Monday").headers().inReplyTo())
        .isEmpty();
  }

  @Test
  @Tag("G-15")
  void of_many_references_the_first_and_the_last_100_are_kept() {
    StringBuilder field = new StringBuilder("References:");
    for (int i = 0; i < 100_000; i++) {
      field.append("\r\n <").append(i).append(".0123456789@mail.x.example>");
    }

    ParsedMail mail =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> withField(field.toString()));

    List<RfcMessageId> references = mail.headers().references();
    assertThat(references).hasSize(101);
    assertThat(references.get(0).value()).isEqualTo("0.0123456789@mail.x.example");
    assertThat(references.get(1).value()).isEqualTo("99900.0123456789@mail.x.example");
    assertThat(references.get(100).value()).isEqualTo("99999.0123456789@mail.x.example");
  }

  @Test
  @Tag("G-15")
  void the_same_on_one_line_of_three_megabytes() {
    StringBuilder field = new StringBuilder("References:");
    for (int i = 0; i < 100_000; i++) {
      field.append(" <").append(i).append(".0123456789@mail.x.example>");
    }

    ParsedMail mail =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> withField(field.toString()));

    List<RfcMessageId> references = mail.headers().references();
    assertThat(references.get(0).value()).isEqualTo("0.0123456789@mail.x.example");
    assertThat(references.get(100).value()).isEqualTo("99999.0123456789@mail.x.example");
  }

  @Test
  @Tag("G-11")
  void a_missing_from_date_and_message_id_are_named_in_warnings() {
    assertThat(parse("Subject: x", "", "y").warnings())
        .contains(
            "It has no From field", "It has no Date field", "It has no Message-ID that is one");
  }

  @Test
  void warnings_hold_nothing_of_the_mail() {
    ParsedMail mail =
        parse(
            "From: secret-word",
            "Date: secret-word",
            "Content-Type: text/plain; charset=secret-word",
            "",
            "secret-word");

    assertThat(mail.warnings()).isNotEmpty().noneMatch(warning -> warning.contains("secret-word"));
  }
}
