package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.withField;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.Attachment;
import io.engage.model.message.ParsedMail;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What few programs write, or wrote long ago, or write wrongly. */
@Tag("SY-3")
@Tag("G-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RareMailTest {

  @Test
  void utf_7_is_read_in_text_and_header() {
    ParsedMail mail =
        parse(
            "Subject: =?utf-7?Q?Caf+AOk-?=",
            "Content-Type: text/plain; charset=utf-7",
            "",
            "Fahrr+AOQ-der +- +2D3eAA- 1+1 a+b");

    assertThat(mail.headers().subject()).isEqualTo("Caf\u00e9");
    assertThat(mail.text()).isEqualTo("Fahrr\u00e4der + \ud83d\ude00 1+1 a+b\n");
  }

  @Test
  void hz_is_read() {
    ParsedMail mail =
        parse("Content-Type: text/plain; charset=hz-gb-2312", "", "See ~{VPND~} ~~ here");

    assertThat(mail.text()).isEqualTo("See \u4e2d\u6587 ~ here\n");
  }

  @ParameterizedTest
  @CsvSource({
    "windows-31j, \u3053\u3093\u306b\u3061\u306f\u6ce8\u6587\u3057\u305f\u81ea\u8ee2\u8eca",
    "EUC-JP, \u3053\u3093\u306b\u3061\u306f\u6ce8\u6587\u3057\u305f\u81ea\u8ee2\u8eca",
    "GB18030, \u60a8\u597d\u6211\u7684\u81ea\u884c\u8f66\u8fd8\u6ca1\u6709\u5230",
    "Big5, \u60a8\u597d\u6211\u7684\u8a02\u55ae\u9084\u6c92\u6709\u5230",
    "EUC-KR, \uc548\ub155\ud558\uc138\uc694 \uc8fc\ubb38\ud55c \uc0c1\ud488",
    "KOI8-R, \u0437\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443\u0439\u0442\u0435 \u0437\u0430\u043a\u0430\u0437",
    "windows-1251, \u0437\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443\u0439\u0442\u0435 \u0437\u0430\u043a\u0430\u0437",
    "windows-1253, \u03b7 \u03c0\u03b1\u03c1\u03b1\u03b3\u03b3\u03b5\u03bb\u03af\u03b1 \u03bc\u03bf\u03c5",
    "windows-1252, Gr\u00fc\u00dfe aus K\u00f6ln f\u00fcr Se\u00f1or Mu\u00f1oz"
  })
  void a_charset_that_nobody_names_is_guessed_by_its_bytes(String charset, String words) {
    String raw = new String(words.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);

    ParsedMail mail = parse("Subject: " + raw, "", raw);

    assertThat(mail.text()).isEqualTo(words + "\n");
    assertThat(mail.headers().subject()).isEqualTo(words);
  }

  @Test
  void a_header_that_is_not_encoded_is_read_in_the_charset_of_the_text() {
    String words = "\u0414\u0430";
    String raw = new String(words.getBytes(Charset.forName("KOI8-R")), StandardCharsets.ISO_8859_1);

    ParsedMail mail = parse("Subject: " + raw, "Content-Type: text/plain; charset=koi8-r", "", raw);

    assertThat(mail.headers().subject()).isEqualTo(words);
  }

  @Test
  void what_html_says_of_its_charset_counts_when_the_header_says_ascii() {
    String words =
        new String(
            "\u0417\u0430\u043a\u0430\u0437".getBytes(Charset.forName("windows-1251")),
            StandardCharsets.ISO_8859_1);

    ParsedMail mail =
        parse(
            "Content-Type: text/html; charset=us-ascii",
            "",
            "<meta charset=windows-1251><p>" + words);

    assertThat(mail.html().value()).contains("<p>\u0417\u0430\u043a\u0430\u0437");
  }

  @Test
  void utf_16_without_a_mark_is_read_in_the_order_it_is_in() {
    ParsedMail mail =
        parse(
            "Content-Type: text/plain; charset=utf-16",
            "Content-Transfer-Encoding: base64",
            "",
            "QgBpAGsAZQA=");

    assertThat(mail.text()).isEqualTo("Bike");
  }

  @Test
  void the_commands_of_enriched_text_are_taken_out() {
    ParsedMail mail =
        parse(
            "Content-Type: text/enriched",
            "",
            "<bold>The bell</bold> is",
            "<color><param>red</param>loud</color>.",
            "",
            "1 << 2<nofill>",
            "a",
            "b</nofill>");

    assertThat(mail.text()).isEqualTo("The bell is loud.\n1 < 2\na\nb\n");
  }

  @Test
  void a_mail_within_is_named_by_its_subject() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/digest; boundary=b",
            "",
            "--b",
            "",
            "Subject: =?utf-8?q?Order_7/8=3A_bell?=",
            "",
            "text",
            "--b--");

    assertThat(mail.attachments())
        .extracting(a -> a.name().value())
        .containsExactly("Order 7-8- bell.eml");
  }

  @Test
  void a_boundary_other_than_the_one_named_is_found() {
    ParsedMail mail =
        parse(
            "Content-Type: multipart/mixed; boundary=wrong",
            "",
            "--right",
            "",
            "The bell",
            "--right",
            "Content-Type: image/png; name=bell.png",
            "",
            "png",
            "--right--");

    assertThat(mail.text()).isEqualTo("The bell");
    assertThat(mail.attachments()).extracting(Attachment::contentType).containsExactly("image/png");
  }

  @Test
  void a_boundary_may_have_characters_that_none_should_have() {
    String boundary = Mails.utf8("bell-\u00b5");

    ParsedMail mail =
        parse(
            "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"",
            "",
            "--" + boundary,
            "",
            "The bell",
            "--" + boundary + "--");

    assertThat(mail.text()).isEqualTo("The bell");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "html|<p>bell</p>",
        "text / html|<p>bell</p>",
        "text/html charset=utf-8|<p>bell</p>",
        "text/html, charset=utf-8|<p>bell</p>"
      })
  void torn_types_are_mended(String type, String html) {
    ParsedMail mail = parse("Content-Type: " + type, "", html);

    assertThat(mail.html().value()).startsWith(html);
  }

  @Test
  void text_that_is_not_encoded_as_it_says_is_shown_as_it_stands() {
    ParsedMail mail = parse("Content-Transfer-Encoding: base64", "", "The bell is loud and clear.");

    assertThat(mail.text()).isEqualTo("The bell is loud and clear.\n");
  }

  @Test
  void a_footer_behind_base64_is_not_decoded() {
    ParsedMail mail =
        parse(
            "Content-Transfer-Encoding: base64",
            "",
            "VGhlIGJlbGwh",
            "",
            "_______________",
            "This list is for bells");

    assertThat(mail.text()).isEqualTo("The bell!");
  }

  @Test
  void an_equals_sign_before_a_blank_stays() {
    ParsedMail mail = parse("Content-Transfer-Encoding: quoted-printable", "", "a = b and = ", "c");

    assertThat(mail.text()).isEqualTo("a = b and c\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=?utf-8?B?QmVsbA|Bell",
        "=?utf-8?Q?B=C3=A9ll|B\u00e9ll",
        "=?utf-8?Q?two words|=?utf-8?Q?two words",
        "=?utf-8?B?w4?= =?utf-8?B?TDtsO8?=|\u00c4\u00f6\u00fc",
        "=?utf-8?B?w4Q?= =?utf-8?B?w5Y?=|\u00c4\u00d6"
      })
  void encoded_words_that_are_cut_are_read(String subject, String words) {
    assertThat(withField("Subject: " + subject).headers().subject()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Pete(A nice \\) chap) <pete(his account)@silly.example(his host)>|pete@silly.example",
        "=?utf-8?B?QW5hIDxhbmFAeC5leGFtcGxlPg==?=|ana@x.example",
        "Ana <ana@x.example.>|ana@x.example",
        "<ana@x.example> <bo@x.example>|ana@x.example bo@x.example"
      })
  void addresses_with_comments_or_wholly_encoded_or_without_commas_are_found(
      String to, String expected) {
    assertThat(withField("To: " + to).headers().to())
        .extracting(each -> each.address().value())
        .containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fri, 21 Nov 97 09(comment):   55  :  06 -0600|1997-11-21T09:55:06-06:00",
        "mar., 3 f\u00e9vr. 2026 10:00:00 +0100|2026-02-03T10:00+01:00",
        "Montag, 2. Februar 2026 10:00:00|2026-02-02T10:00Z",
        "\u041f\u043d, 2 \u0444\u0435\u0432 2026 10:00:00 +0300|2026-02-02T10:00+03:00",
        "2026\u5e742\u67082\u65e5 10:00|2026-02-02T10:00Z",
        "Mon, 2 Feb 2026 24:00:00 +0100|2026-02-03T00:00+01:00",
        "Mon, 2 Feb 2026 10:00:00 --0100|2026-02-02T10:00-01:00"
      })
  void dates_in_strange_forms_are_read(String written, String expected) {
    assertThat(DateReading.read(written))
        .hasValueSatisfying(date -> assertThat(date).hasToString(expected));
  }

  @Test
  void sections_of_a_name_that_count_from_one_are_joined() {
    ParsedMail mail =
        parse(
            "Content-Type: application/pdf",
            "Content-Disposition: attachment; filename*1=\"red \"; filename*2=\"bell.pdf\"",
            "",
            "x");

    assertThat(mail.attachments())
        .extracting(a -> a.name().value())
        .containsExactly("red bell.pdf");
  }
}
