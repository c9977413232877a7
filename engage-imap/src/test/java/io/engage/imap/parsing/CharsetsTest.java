package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.mail;
import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.ParsedMail;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("G-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CharsetsTest {

  /** Labels seen in mail, each also in odd dress, and random ones: 256 together. */
  static Stream<String> oddLabels() {
    String[] seen = {
      "cp-1252",
      "utf8mb4",
      "x-unknown",
      "iso-8859-8-i",
      "unicode-1-1-utf-7",
      "ansi",
      "ks_c_5601-1987",
      "utf-8",
      "UTF8",
      "utf_8",
      "latin-1",
      "windows1252",
      "win-1251",
      "8bit",
      "unknown-8bit",
      "x-user-defined",
      "_iso-2022-jp$ESC",
      "iso-8859-16",
      "utf-7",
      "x-gbk",
      "DEFAULT",
      "None",
      "null",
      "%CHARSET%",
      "${charset}",
      "iso-8859-1 en",
      "x-mac-roman",
      "cp65001",
      "hz-gb-2312",
      "iso-10646-ucs-2",
      "gb18030",
      "big5-hkscs",
      "",
      " ",
      "?",
      "=utf-8",
      "charset=utf-8",
      "utf-8;format=flowed",
      "../../etc/passwd",
      "a".repeat(5_000),
      "x-JISAutoDetect",
      "CESU-8",
      "UTF-32",
      "IBM037",
      "ISO-2022-CN",
      "JIS_X0212-1990",
      "x-COMPOUND_TEXT",
      "macintosh"
    };
    Random random = new Random(20240501);
    Stream<String> dressed =
        Stream.of(seen)
            .flatMap(
                label -> Stream.of(label, '"' + label + '"', "'" + label + "'", label + "*en"));
    Stream<String> any =
        Stream.generate(
                () ->
                    random
                        .ints(random.nextInt(20), 33, 127)
                        .filter(c -> c != ';')
                        .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                        .toString())
            .limit(256 - 4 * seen.length);
    return Stream.concat(dressed, any);
  }

  @ParameterizedTest
  @MethodSource("oddLabels")
  void no_label_keeps_a_mail_from_being_read(String label) {
    ParsedMail mail =
        parse(
            "Subject: =?" + label + "?Q?Hello?=",
            "Content-Type: text/plain; charset=" + label,
            "",
            "Gr\u00fc\u00dfe from Ana");

    assertThat(mail.text()).isNotBlank();
  }

  @Test
  void there_are_256_odd_labels() {
    assertThat(oddLabels()).hasSize(256);
  }

  @ParameterizedTest
  @CsvSource({
    "utf-8,Gr\u00fc\u00dfe",
    "\"utf8\",Gr\u00fc\u00dfe",
    "x-unknown,Gr\u00fc\u00dfe",
    "us-ascii,Gr\u00fc\u00dfe",
    "'',Gr\u00fc\u00dfe",
    "utf8mb4,Gr\u00fc\u00dfe",
    "iso-8859-1,Gr\u00fc\u00dfe"
  })
  void utf_8_is_read_whatever_it_is_called(String label, String expected) {
    ParsedMail mail =
        parse("Content-Type: text/plain; charset=" + label, "", utf8("Gr\u00fc\u00dfe"));

    assertThat(mail.text()).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "iso-8859-1",
    "windows-1252",
    "cp-1252",
    "ansi",
    "us-ascii",
    "utf-8",
    "x-unknown",
    "''"
  })
  void windows_1252_is_read_whatever_it_is_called(String label) {
    ParsedMail mail =
        parse("Content-Type: text/plain; charset=" + label, "", "Gr\u00fc\u00dfe, \u0080 20");

    assertThat(mail.text()).isEqualTo("Gr\u00fc\u00dfe, \u20ac 20\n");
  }

  @Test
  void a_wrong_or_unknown_charset_is_named_in_a_warning() {
    assertThat(parse("Content-Type: text/plain; charset=utf-8", "", "Gr\u00fc\u00dfe").warnings())
        .anyMatch(warning -> warning.contains("charset"));
    assertThat(parse("Content-Type: text/plain; charset=x-klingon", "", "Hello").warnings())
        .anyMatch(warning -> warning.contains("charset"));
    assertThat(
            parse(
                    "From: ana@x.example",
                    "Date: 4 Mar 2024 10:00 +0100",
                    "Message-ID: <1@x>",
                    "Content-Type: text/plain; charset=\"utf-8\"",
                    "",
                    utf8("Gr\u00fc\u00dfe"))
                .warnings())
        .isEmpty();
  }

  @Test
  void one_broken_character_does_not_spoil_the_others() {
    String text = utf8("Zo\u00eb Ødegård ønsker en ny sykkel på lørdag") + "\u00e9";

    ParsedMail mail = parse("Content-Type: text/plain; charset=utf-8", "", text);

    assertThat(mail.text()).startsWith("Zo\u00eb Ødegård ønsker en ny sykkel på lørdag");
  }

  @ParameterizedTest
  @CsvSource({
    "koi8-r,KOI8-R,Здравствуйте",
    "gb2312,GBK,您好朋友",
    "big5,Big5,您好請問",
    "shift_jis,windows-31j,こんにちは",
    "iso-2022-jp,ISO-2022-JP,こんにちは",
    "euc-kr,EUC-KR,안녕하세요",
    "ks_c_5601-1987,x-windows-949,안녕하세요",
    "iso-8859-8-i,ISO-8859-8,שלום",
    "win-1251,windows-1251,Привет",
    "utf-16,UTF-16,Grüße"
  })
  void charsets_of_the_world_are_read(String label, String charset, String text) {
    String bytes = new String(text.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);

    ParsedMail mail =
        parse(
            "Content-Type: text/plain; charset=" + label,
            "Content-Transfer-Encoding: base64",
            "",
            Base64.getEncoder().encodeToString(Mails.bytes(bytes)));

    assertThat(mail.text()).isEqualTo(text);
  }

  @Test
  void html_may_name_its_charset_itself() {
    ParsedMail mail =
        parse(
            "Content-Type: text/html",
            "",
            "<html><META http-equiv=x content=\"text/html; charset=koi8-r\">\u00f0\u00f2</html>");

    assertThat(mail.html().value()).contains("ПР");
  }

  @Test
  void a_byte_order_mark_is_no_text() {
    byte[] mail = mail("Content-Type: text/plain; charset=utf-8", "", "\u00ef\u00bb\u00bfHello");

    assertThat(parse(mail).text()).isEqualTo("Hello\n");
  }
}
