package io.engage.imap.composing;

import static io.engage.imap.composing.Outbound.composed;
import static io.engage.imap.composing.Outbound.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.imap.parsing.MailParsing;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.FileName;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundCalendar;
import io.engage.model.message.PartPath;
import io.engage.model.message.RfcMessageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WK-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailComposingTest {

  @Test
  void a_plain_mail_reads_as_a_person_would_write_it() {
    String mail = composed(new Outbound().text("Your bike is ready.\nAna\n"));

    assertThat(mail)
        .isEqualTo(
            """
            Date: Mon, 4 Mar 2024 10:15:30 +0100
            From: Workshop <workshop@shop.example>
            To: jose@customers.example
            Subject: Your bike
            Message-ID: <1@shop.example>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            Your bike is ready.
            Ana
            """
                .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "no line end",
        "ends\n",
        "two\r\nkinds\rof\nends",
        ".\n..\n",
        "From me\n",
        "trailing \n tab\t\n",
        "=?utf-8?Q?x?=",
        "\u00e9",
        "Grüße\n",
        "こんにちは、注文の件でご連絡します。",
        "🚲🚲",
        "--=_x\n",
        "a=b\n",
        "-- \nAna",
        "\u2028\u2029\u0085x"
      })
  void a_text_comes_back_with_its_line_ends_normalised(String text) {
    String expected = text.replace("\r\n", "\n").replace('\r', '\n');

    assertThat(parsed(new Outbound().text(text)).text()).isEqualTo(expected);
    assertThat(parsed(new Outbound().text(text).html("<p>" + text)).html().value())
        .isEqualTo("<p>" + expected);
    assertThat(parsed(new Outbound().text(text).html("<p>")).text()).isEqualTo(expected);
  }

  @Test
  void a_text_of_long_lines_has_short_ones_on_the_way() {
    String mail = composed(new Outbound().text("x".repeat(100_000)).html("é".repeat(100_000)));

    assertThat(mail.split("\r\n")).allMatch(line -> line.length() <= 76);
  }

  @Test
  void long_headers_are_folded_and_come_back_whole() {
    List<RfcMessageId> references =
        IntStream.range(0, 200)
            .mapToObj(i -> RfcMessageId.of(i + ".0123456789abcdef@customers.example"))
            .toList();
    List<NamedAddress> everybody =
        IntStream.range(0, 300)
            .mapToObj(i -> NamedAddress.of("Customer, Nr. " + i, "c" + i + "@customers.example"))
            .toList();
    Outbound message =
        new Outbound()
            .references(references.subList(0, 90))
            .to(everybody)
            .subject("word ".repeat(300).strip());

    assertThat(composed(message).split("\r\n")).allMatch(line -> line.length() <= 78);
    assertThat(parsed(message).headers().references()).isEqualTo(references.subList(0, 90));
    assertThat(parsed(message).headers().to()).isEqualTo(everybody);
    assertThat(parsed(message).headers().subject()).isEqualTo("word ".repeat(300).strip());
  }

  @Test
  void a_word_of_3000_characters_is_taken_by_every_server() {
    Outbound message =
        new Outbound().subject("x".repeat(3_000)).extra("X-Token", "y".repeat(3_000));

    assertThat(composed(message).split("\r\n")).allMatch(line -> line.length() <= 998);
    assertThat(parsed(message).headers().subject()).isEqualTo("x".repeat(3_000));
  }

  @Test
  void a_mail_to_bcc_only_names_nobody() {
    String mail =
        composed(
            new Outbound().to(List.of()).bcc(List.of(NamedAddress.of("hidden@customers.example"))));

    assertThat(mail).contains("\r\nTo: undisclosed-recipients:;\r\n").doesNotContain("hidden");
  }

  @Test
  void a_subject_that_looks_encoded_stays_as_it_was_written() {
    assertThat(parsed(new Outbound().subject("=?utf-8?Q?=41?=")).headers().subject())
        .isEqualTo("=?utf-8?Q?=41?=");
    assertThat(parsed(new Outbound().from("=?utf-8?Q?=41?=")).headers().from().get(0).name())
        .isEqualTo("=?utf-8?Q?=41?=");
  }

  @Test
  void an_extra_field_of_a_list_keeps_its_address() {
    String value = "<https://shop.example/u?" + "t".repeat(400) + ">, <mailto:u@shop.example>";

    String mail = composed(new Outbound().extra("List-Unsubscribe", value));

    assertThat(mail.replace("\r\n ", " ")).contains("List-Unsubscribe: " + value + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bcc",
        "from",
        "SUBJECT",
        "Content-Type",
        "MIME-Version",
        "Resent-Bcc",
        "Date",
        "Message-Id"
      })
  void an_extra_field_that_is_written_anyway_is_refused(String name) {
    assertThatThrownBy(() -> composed(new Outbound().extra(name, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void what_ascii_cannot_write_is_refused_or_left_out() {
    assertThatThrownBy(
            () -> composed(new Outbound().to(List.of(NamedAddress.of("josé@customers.example")))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> composed(new Outbound().id(RfcMessageId.of("é@shop.example"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            composed(
                new Outbound().references(List.of(RfcMessageId.of("é@x"), RfcMessageId.of("2@x")))))
        .contains("References: <2@x>\r\n");
  }

  @Test
  void a_domain_of_other_letters_is_written_in_ascii() {
    assertThat(composed(new Outbound().to(List.of(NamedAddress.of("ana@bücher.example")))))
        .contains("To: ana@xn--bcher-kva.example\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoice.pdf",
        "Größe für José.pdf",
        "a b (1).pdf",
        "it's 100%.pdf",
        "発注書.xlsx",
        "🚲.png",
        "=?utf-8?Q?x?=.pdf",
        "a;b=c,d.pdf",
        "%41.txt"
      })
  @Tag("SY-4")
  void a_file_name_comes_back(String name) {
    var attachments = parsed(new Outbound().file(name, "application/pdf", "x")).attachments();

    assertThat(attachments).extracting(a -> a.name()).containsExactly(FileName.of(name));
  }

  @Test
  @Tag("SY-4")
  void a_long_file_name_comes_back() {
    String name = "ö".repeat(190) + ".pdf";
    String mail = composed(new Outbound().file(name, "application/pdf", "x"));

    assertThat(mail.split("\r\n")).allMatch(line -> line.length() <= 100);
    assertThat(
            parsed(new Outbound().file(name, "application/pdf", "x"))
                .attachments()
                .get(0)
                .name()
                .value())
        .isEqualTo(name);
  }

  @Test
  @Tag("WK-6")
  void a_mail_that_is_forwarded_as_a_file_comes_back() throws IOException {
    String inner = "Subject: inner\r\n\r\nHello\r\n";
    String eightBit = "Subject: inner\r\n\r\nGr\u00fc\u00dfe\r\n";
    Outbound message =
        new Outbound()
            .file("a.eml", "message/rfc822", inner)
            .file("b.eml", "message/rfc822", eightBit);

    var files = parsed(message).attachments();

    assertThat(files)
        .extracting(file -> file.contentType())
        .containsExactly("message/rfc822", "application/octet-stream");
    assertThat(part(message, "2")).isEqualTo(inner);
    assertThat(part(message, "3")).isEqualTo(eightBit);
  }

  private static String part(Outbound message, String path) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    MailParsing.writePart(
        MailContent.of(MailComposing.compose(message.make())), PartPath.of(path), to);
    return to.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  @Tag("DL-7")
  @Tag("G-52")
  void an_invitation_has_exactly_the_shape_that_calendars_look_for() {
    String calendar =
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        METHOD:CANCEL
        END:VCALENDAR
        """
            .replace("\n", "\r\n");

    String mail =
        composed(
            new Outbound()
                .html("<p>It is ready.\n")
                .calendar(new OutboundCalendar(OutboundCalendar.Method.CANCEL, calendar)));

    String boundary = mail.replaceAll("(?s).*boundary=\"(=_[0-9a-f]+)\\.m\".*", "$1");
    assertThat(mail.substring(mail.indexOf("MIME-Version")).replace(boundary, "B"))
        .isEqualTo(
            """
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="B.m"


            --B.m
            Content-Type: multipart/alternative;
             boundary="B.a"


            --B.a
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            It is ready.

            --B.a
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 7bit

            <p>It is ready.

            --B.a
            Content-Type: text/calendar; method=CANCEL; charset=utf-8
            Content-Transfer-Encoding: 7bit

            BEGIN:VCALENDAR
            VERSION:2.0
            METHOD:CANCEL
            END:VCALENDAR

            --B.a--

            --B.m
            Content-Type: application/ics;
             name="invite.ics"
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment;
             filename="invite.ics"

            QkVHSU46VkNBTEVOREFSDQpWRVJTSU9OOjIuMA0KTUVUSE9EOkNBTkNFTA0KRU5EOlZDQUxFTkRB
            Ug0K

            --B.m--
            """
                .replace("\n", "\r\n"));
  }
}
