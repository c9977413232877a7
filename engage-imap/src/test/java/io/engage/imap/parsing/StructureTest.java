package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.bytes;
import static io.engage.imap.parsing.Mails.mail;
import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.part;
import static io.engage.imap.parsing.Mails.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.message.Attachment;
import io.engage.model.message.ParsedMail;
import io.engage.spi.NotFound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SY-3")
@Tag("G-13")
@DisplayNameGeneration(ReplaceUnderscores.class)
class StructureTest {

  @Test
  void a_mail_without_parts_is_its_text() {
    ParsedMail mail = parse("From: ana@x.example", "", "My bike is broken.", "", "Ana");

    assertThat(mail.text()).isEqualTo("My bike is broken.\n\nAna\n");
    assertThat(mail.html()).isNull();
    assertThat(mail.contentType()).isEqualTo("text/plain");
    assertThat(mail.attachments()).isEmpty();
  }

  @Test
  void of_alternatives_the_last_of_each_kind_is_shown_and_the_others_are_listed()
      throws IOException {
    byte[] source =
        mail(
            "Content-Type: multipart/alternative; boundary=b",
            "",
            "--b",
            "",
            "first text",
            "--b",
            "Content-Type: text/html",
            "",
            "<p>first html</p>",
            "--b",
            "",
            "second text",
            "--b",
            "Content-Type: text/html",
            "",
            "<p>second html</p>",
            "--b",
            "Content-Type: text/x-amp-html",
            "",
            "<amp>",
            "--b--");

    ParsedMail mail = parse(source);

    assertThat(mail.text()).isEqualTo("second text");
    assertThat(mail.html().value()).isEqualTo("<p>second html</p>");
    assertThat(mail.attachments())
        .extracting(attachment -> attachment.part().value() + ' ' + attachment.contentType())
        .containsExactly("1 text/plain", "2 text/html", "5 text/x-amp-html");
    assertThat(mail.attachments().get(0).sha256().value()).isEqualTo(sha256(bytes("first text")));
    assertThat(part(source, "1")).isEqualTo(bytes("first text"));
  }

  @Test
  void a_blank_alternative_is_no_better_than_the_one_before_it() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/alternative; boundary=b",
            "",
            "--b",
            "",
            "the text",
            "--b",
            "",
            " ",
            "--b--");

    assertThat(mail.text()).isEqualTo("the text");
    assertThat(mail.attachments()).isEmpty();
  }

  @Test
  void text_parts_are_joined_in_order_and_files_between_them_are_listed() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "before",
            "--b",
            "Content-Type: image/jpeg; name=bike.jpg",
            "Content-Transfer-Encoding: base64",
            "",
            "/9j/",
            "--b",
            "Content-Type: text/plain",
            "",
            "after",
            "--b--");

    assertThat(mail.text()).isEqualTo("before\nafter");
    assertThat(mail.attachments()).extracting(a -> a.name().value()).containsExactly("bike.jpg");
  }

  @Test
  void html_is_complete_when_only_some_parts_have_it() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: multipart/alternative; boundary=a",
            "",
            "--a",
            "",
            "text",
            "--a",
            "Content-Type: text/html",
            "",
            "<p>html</p>",
            "--a--",
            "--b",
            "",
            "footer of the <list>",
            "--b--");

    assertThat(mail.text()).isEqualTo("text\nfooter of the <list>");
    assertThat(mail.html().value()).isEqualTo("<p>html</p>\n<div>footer of the &lt;list&gt;</div>");
  }

  @Test
  @Tag("SY-4")
  void inline_images_are_listed_with_their_content_id() throws IOException {
    byte[] source =
        mail(
            "Content-Type: multipart/related; boundary=r; type=\"text/html\"",
            "",
            "--r",
            "Content-Type: text/html",
            "",
            "<img src=\"cid:logo@shop\">",
            "--r",
            "Content-Type: image/png",
            "Content-ID: <logo@shop>",
            "Content-Disposition: inline; filename=\"logo.png\"",
            "Content-Transfer-Encoding: base64",
            "",
            "iVBORw0K",
            "--r--");

    ParsedMail mail = parse(source);

    Attachment logo = mail.attachments().get(0);
    assertThat(logo.inline()).isTrue();
    assertThat(logo.contentId()).isEqualTo("logo@shop");
    assertThat(logo.name().value()).isEqualTo("logo.png");
    assertThat(logo.size()).isEqualTo(6);
    assertThat(logo.part().value()).isEqualTo("2");
    assertThat(logo.sha256().value()).isEqualTo(sha256(part(source, "2")));
    assertThat(mail.text()).isEmpty();
  }

  @Test
  @Tag("SY-4")
  void every_listed_part_can_be_written_by_its_path() throws IOException {
    byte[] source =
        mail(
            "Content-Type: multipart/mixed; boundary=m",
            "",
            "preamble",
            "--m",
            "Content-Type: multipart/alternative; boundary=a",
            "",
            "--a",
            "",
            "text",
            "--a",
            "Content-Type: text/html",
            "",
            "<p>",
            "--a--",
            "--m",
            "Content-Type: application/pdf; name=\"a.pdf\"",
            "Content-Transfer-Encoding: base64",
            "",
            "JVBERg==",
            "--m",
            "Content-Disposition: attachment; filename=\"notes.txt\"",
            "",
            "line one",
            "line two",
            "--m--",
            "epilogue");

    ParsedMail mail = parse(source);

    assertThat(mail.text()).isEqualTo("text");
    assertThat(mail.attachments())
        .extracting(attachment -> attachment.part().value())
        .containsExactly("2", "3");
    for (Attachment attachment : mail.attachments()) {
      byte[] content = part(source, attachment.part().value());
      assertThat(content).hasSize((int) attachment.size());
      assertThat(sha256(content)).isEqualTo(attachment.sha256().value());
    }
    assertThat(new String(part(source, "1"), StandardCharsets.US_ASCII)).startsWith("--a\r\n");
    assertThat(part(source, "1.1")).isEqualTo(bytes("text"));
    assertThat(part(source, "1.2")).isEqualTo(bytes("<p>"));
    assertThat(part(source, "3")).isEqualTo(bytes("line one\r\nline two"));
  }

  @Test
  @Tag("SY-4")
  void a_part_that_is_not_there_is_not_found() {
    byte[] source = mail("From: ana@x.example", "", "Hello");

    assertThatThrownBy(() -> part(source, "2")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> part(source, "1.1")).isInstanceOf(NotFound.class);
  }

  @Test
  void a_forwarded_mail_is_listed_whole_and_its_header_given_to_programs() throws IOException {
    String forwarded = "Subject: =?utf-8?Q?Caf=C3=A9?=\r\nMessage-ID: <1@x>\r\n\r\nHi";
    byte[] source =
        mail(
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "",
            "see below",
            "--b",
            "Content-Type: message/rfc822",
            "",
            forwarded,
            "--b--");

    ParsedMail mail = parse(source);

    assertThat(mail.text()).isEqualTo("see below");
    assertThat(mail.attachments()).hasSize(1);
    assertThat(mail.attachments().get(0).name().value()).endsWith(".eml");
    assertThat(mail.attachments().get(0).size()).isEqualTo(forwarded.length());
    assertThat(part(source, "2")).isEqualTo(bytes(forwarded));
    assertThat(mail.reports()).hasSize(1);
    assertThat(mail.reports().get(0).text())
        .isEqualTo("Subject: =?utf-8?Q?Caf=C3=A9?=\nMessage-ID: <1@x>\n");
  }

  @Test
  void parts_of_a_digest_are_mails() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/digest; boundary=b",
            "",
            "--b",
            "",
            "Subject: one",
            "",
            "1",
            "--b",
            "",
            "Subject: two",
            "",
            "2",
            "--b--");

    assertThat(mail.attachments())
        .extracting(Attachment::contentType)
        .containsExactly("message/rfc822", "message/rfc822");
    assertThat(mail.reports())
        .extracting(r -> r.text())
        .containsExactly("Subject: one\n", "Subject: two\n");
  }

  @Test
  @Tag("SY-7")
  void the_parts_of_a_bounce_are_reports() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "Your mail could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example",
            "",
            "Final-Recipient: rfc822; ana@x.example",
            "Action: failed",
            "Status: 5.1.1",
            "--b",
            "Content-Type: message/rfc822",
            "",
            "Message-ID: <ours@shop.example>",
            "",
            "body",
            "--b--");

    assertThat(mail.text()).isEqualTo("Your mail could not be delivered.");
    assertThat(mail.reports())
        .extracting(report -> report.contentType())
        .containsExactly("message/delivery-status", "message/rfc822");
    assertThat(mail.reports().get(0).text())
        .contains("\n\nFinal-Recipient: rfc822; ana@x.example\n");
    assertThat(mail.reports().get(1).text()).isEqualTo("Message-ID: <ours@shop.example>\n");
    assertThat(mail.attachments())
        .extracting(a -> a.name().value())
        .containsExactly("delivery-status.txt", "message.eml");
  }

  @Test
  void complaints_notices_and_returned_headers_are_reports() {
    for (String type :
        List.of(
            "message/feedback-report",
            "message/disposition-notification",
            "text/rfc822-headers",
            "message/rfc822-headers",
            "text/rfc822-header",
            "text/rfc822")) {
      ParsedMail mail =
          parse(
              "Content-Type: multipart/report; boundary=b",
              "",
              "--b",
              "Content-Type: " + type,
              "",
              "A: b",
              "--b--");

      assertThat(mail.reports()).extracting(report -> report.contentType()).containsExactly(type);
      assertThat(mail.reports().get(0).text()).isEqualTo("A: b");
    }
  }

  @Test
  void a_calendar_is_a_report_and_a_file_and_its_copy_is_not_listed_twice() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: text/calendar; charset=utf-8; method=REPLY",
            "",
            "BEGIN:VCALENDAR",
            "--b",
            "Content-Type: text/calendar; name=invite.ics",
            "",
            "BEGIN:VCALENDAR",
            "--b--");

    assertThat(mail.reports()).hasSize(2);
    assertThat(mail.reports().get(0).parameters()).isEqualTo("charset=utf-8; method=REPLY");
    assertThat(mail.attachments()).extracting(a -> a.name().value()).containsExactly("invite.ics");
  }

  @Test
  void a_winmail_dat_and_a_signature_are_listed() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"",
            "",
            "--b",
            "",
            "signed text",
            "--b",
            "Content-Type: application/pgp-signature",
            "",
            "-----BEGIN PGP SIGNATURE-----",
            "--b",
            "Content-Type: application/ms-tnef; name=winmail.dat",
            "Content-Transfer-Encoding: base64",
            "",
            "eJ8+",
            "--b--");

    assertThat(mail.text()).isEqualTo("signed text");
    assertThat(mail.attachments())
        .extracting(Attachment::contentType)
        .containsExactly("application/pgp-signature", "application/ms-tnef");
  }

  @Test
  void flowed_text_is_unfolded() {
    ParsedMail mail =
        parse(
            "Content-Type: text/plain; format=flowed",
            "",
            "My bike has ",
            "been broken ",
            "since May.",
            " From here on stuffed",
            "> you wrote ",
            "> this",
            ">> and this",
            "",
            "-- ",
            "Ana ",
            "Lima");

    assertThat(mail.text())
        .isEqualTo(
            "My bike has been broken since May.\nFrom here on stuffed\n> you wrote this\n>> and this\n\n-- \nAna Lima\n");
  }

  @Test
  void flowed_text_with_delsp_loses_the_space() {
    ParsedMail mail =
        parse("Content-Type: text/plain; format=flowed; delsp=yes", "", "broken bi ", "ke", "end ");

    assertThat(mail.text()).isEqualTo("broken bike\nend");
  }
}
