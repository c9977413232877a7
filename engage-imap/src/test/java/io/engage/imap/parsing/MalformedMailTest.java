package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.bytes;
import static io.engage.imap.parsing.Mails.mail;
import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.Attachment;
import io.engage.model.message.ParsedMail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-9")
@Tag("G-13")
@DisplayNameGeneration(ReplaceUnderscores.class)
class MalformedMailTest {

  @Test
  void an_empty_mail_is_an_empty_result_with_a_warning() {
    ParsedMail mail = parse(new byte[0]);

    assertThat(mail.text()).isEmpty();
    assertThat(mail.warnings()).contains("The mail is empty");
  }

  @Test
  void a_header_alone_is_read() {
    assertThat(parse(bytes("From: ana@x.example\r\nSubject: Hi")).headers().subject())
        .isEqualTo("Hi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void any_line_end_ends_a_line(String end) {
    String source =
        String.join(
            end,
            "From: ana@x.example",
            "Subject: one",
            " two",
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "Hello",
            "there",
            "--b",
            "Content-Type: application/pdf",
            "",
            "x",
            "--b--",
            "");

    ParsedMail mail = parse(bytes(source));

    assertThat(mail.headers().subject()).isEqualTo("one two");
    assertThat(mail.text()).isEqualTo("Hello\nthere");
    assertThat(mail.attachments()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ef\u00bb\u00bf",
        "\r\n\r\n",
        "From ana@x.example Mon Mar  4 09:05:07 2024\r\n",
        ">From ana@x.example Mon Mar  4 09:05:07 2024\n"
      })
  void what_stands_before_the_header_does_no_harm(String before) {
    ParsedMail mail = parse(bytes(before + "Subject: Hi\r\n\r\nHello"));

    assertThat(mail.headers().subject()).isEqualTo("Hi");
    assertThat(mail.text()).isEqualTo("Hello");
  }

  @Test
  void lines_without_any_header_are_the_text() {
    ParsedMail mail = parse("Good morning", "my bike is broken", "", "Ana");

    assertThat(mail.text()).contains("Good morning\nmy bike is broken\n", "Ana");
    assertThat(mail.warnings()).isNotEmpty();
  }

  @Test
  void a_line_that_is_no_field_does_not_end_the_header() {
    ParsedMail mail = parse("From: ana@x.example", "broken folding", "Subject: Hi", "", "Hello");

    assertThat(mail.headers().subject()).isEqualTo("Hi");
    assertThat(mail.text()).isEqualTo("Hello\n");
  }

  @Test
  void nul_bytes_are_no_part_of_what_is_read() {
    ParsedMail mail = parse("Subject: a\0b", "From: An\0a <ana@x.example>", "", "He\0llo");

    assertThat(mail.headers().subject()).isEqualTo("a b");
    assertThat(mail.text()).isEqualTo("Hello\n");
    assertThat(mail.toString() + mail.headers() + mail.fields()).doesNotContain("\0");
  }

  @Test
  void a_multipart_without_boundary_is_read_by_the_one_it_uses() throws IOException {
    byte[] source =
        mail(
            "Content-Type: multipart/mixed",
            "",
            "preamble",
            "--=_x1",
            "Content-Type: text/plain",
            "",
            "Hello",
            "--=_x1",
            "Content-Type: application/pdf; name=a.pdf",
            "",
            "pdf",
            "--=_x1--");

    ParsedMail mail = parse(source);

    assertThat(mail.text()).isEqualTo("Hello");
    assertThat(mail.attachments()).extracting(a -> a.part().value()).containsExactly("2");
    assertThat(part(source, "2")).isEqualTo(bytes("pdf"));
  }

  @Test
  void a_multipart_without_any_boundary_is_text() {
    assertThat(parse("Content-Type: multipart/mixed", "", "Hello").text()).isEqualTo("Hello\n");
    assertThat(parse("Content-Type: multipart/mixed; boundary=b", "", "Hello").text())
        .isEqualTo("Hello\n");
    assertThat(parse("Content-Type: multipart/alternative; boundary=\"\"", "", "Hello").text())
        .isEqualTo("Hello\n");
  }

  @Test
  void an_empty_multipart_is_nothing() {
    ParsedMail mail =
        parse("Subject: Hi", "Content-Type: multipart/mixed; boundary=b", "", "--b--", "");

    assertThat(mail.headers().subject()).isEqualTo("Hi");
    assertThat(mail.text()).isEmpty();
  }

  @Test
  void a_multipart_that_never_ends_is_read_to_the_end() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "",
            "Hello",
            "--b",
            "Content-Type: application/pdf",
            "",
            "pdf");

    assertThat(mail.text()).isEqualTo("Hello");
    assertThat(mail.attachments()).extracting(Attachment::size).containsExactly(5L);
  }

  @Test
  void an_inner_multipart_that_never_ends_takes_no_part_of_the_outer_one() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/mixed; boundary=outer",
            "",
            "--outer",
            "Content-Type: multipart/alternative; boundary=inner",
            "",
            "--inner",
            "",
            "Hello",
            "--outer",
            "Content-Type: application/pdf; name=a.pdf",
            "",
            "pdf",
            "--outer--");

    assertThat(mail.text()).isEqualTo("Hello");
    assertThat(mail.attachments()).extracting(a -> a.name().value()).containsExactly("a.pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "pdf",
        "/",
        "text/",
        "/plain",
        "text/plain/x",
        ";;;",
        "text plain",
        "\"",
        "(",
        "multipart/"
      })
  void an_odd_content_type_is_text(String type) {
    assertThat(parse("Content-Type: " + type, "", "Hello").text()).isEqualTo("Hello\n");
  }

  @Test
  void an_odd_content_type_with_a_name_is_a_file() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "",
            "Hello",
            "--b",
            "Content-Type: pdf; name=a.pdf",
            "",
            "x",
            "--b--");

    assertThat(mail.attachments())
        .extracting(Attachment::contentType)
        .containsExactly("application/octet-stream");
  }

  @Test
  void a_text_that_is_too_long_is_shown_in_part_and_listed_whole() throws IOException {
    byte[] source = mail("Content-Type: text/plain", "", "line of text\r\n".repeat(300_000));

    ParsedMail mail = parse(source);

    assertThat(mail.text().length()).isBetween(1_900_000, Bounds.TEXT);
    Attachment whole = mail.attachments().get(0);
    assertThat(whole.size()).isEqualTo(part(source, "1").length).isGreaterThan(4_000_000);
    assertThat(whole.sha256().value()).isEqualTo(Mails.sha256(part(source, "1")));
  }

  @Test
  void two_byte_characters_survive_chunk_borders() {
    String text = "\u00e9".repeat(100_000);

    ParsedMail mail =
        parse(
            ("Content-Type: text/plain; charset=utf-8\r\n\r\nx" + text)
                .getBytes(StandardCharsets.UTF_8));

    assertThat(mail.text()).isEqualTo("x" + text);
  }
}
