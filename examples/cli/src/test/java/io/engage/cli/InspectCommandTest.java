package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SY-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class InspectCommandTest {
  private static final String ANSWER =
      """
      From: =?UTF-8?Q?Ana_Ru=C3=ADz?= <ana@mail.example>
      To: Shop <shop@shop.example>, help@shop.example
      Cc: ben@mail.example
      Reply-To: ana.ruiz@work.example
      Subject: Re: =?UTF-8?B?w4RuZGVydW5n?=
      Date: Fri, 3 May 2024 10:30:00 +0200
      Message-ID: <ana-1@mail.example>
      In-Reply-To: <order-7@shop.example>
      References: <order-1@shop.example> <order-7@shop.example>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="m"

      --m
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: 8bit

      Grün, bitte. 😀

      Am 03.05.24 um 10:00 schrieb Shop:
      > Welche Farbe?

      --m
      Content-Type: application/pdf; name="a.pdf"
      Content-Disposition: attachment; filename="a.pdf"
      Content-Transfer-Encoding: base64

      aGVsbG8=

      --m--
      """;

  @TempDir Path folder;

  @Test
  void a_mail_becomes_one_object_with_all_that_is_known() throws IOException {
    Path file = mail("answer.eml", ANSWER);

    Ran ran = Ran.engage("", "inspect", file.toString());

    assertThat(ran.exitCode()).isZero();
    JsonNode mail = ran.objects().get(0);
    assertThat(mail.get("file").asText()).isEqualTo(file.toString());
    assertThat(mail.get("kind").asText()).isEqualTo("person");
    assertThat(mail.at("/answerable/allowed").asBoolean()).isTrue();
    assertThat(mail.get("messageId").asText()).isEqualTo("ana-1@mail.example");
    assertThat(mail.at("/from/0/name").asText()).isEqualTo("Ana Ruíz");
    assertThat(mail.at("/to/1/address").asText()).isEqualTo("help@shop.example");
    assertThat(mail.at("/cc/0/address").asText()).isEqualTo("ben@mail.example");
    assertThat(mail.at("/replyTo/0/address").asText()).isEqualTo("ana.ruiz@work.example");
    assertThat(mail.get("subject").asText()).isEqualTo("Re: Änderung");
    assertThat(mail.get("date").asText()).isEqualTo("2024-05-03T10:30:00+02:00");
    assertThat(mail.get("inReplyTo").asText()).isEqualTo("order-7@shop.example");
    assertThat(mail.get("references")).hasSize(2);
    assertThat(mail.get("visible").asText()).isEqualTo("Grün, bitte. 😀");
    assertThat(mail.at("/attachments/0/name").asText()).isEqualTo("a.pdf");
    assertThat(mail.at("/attachments/0/size").asInt()).isEqualTo(5);
    assertThat(mail.at("/attachments/0/sha256").asText()).startsWith("2cf24dba5fb0a30e");
    assertThat(mail.get("html").isNull()).isTrue();
    assertThat(mail.get("bounce").isNull()).isTrue();
  }

  @Test
  @Tag("WK-14")
  void the_folds_are_offsets_into_the_text() throws IOException {
    Path file = mail("answer.eml", ANSWER);

    JsonNode mail = Ran.engage("", "inspect", file.toString()).objects().get(0);

    String text = mail.get("text").asText();
    String folded = text.substring(mail.at("/folds/0/0").asInt(), mail.at("/folds/0/1").asInt());
    assertThat(mail.get("folds")).hasSize(1);
    assertThat(folded).startsWith("Am 03.05.24").contains("> Welche Farbe?");
    assertThat(text.replace(folded, "").strip()).isEqualTo(mail.get("visible").asText());
  }

  @Test
  @Tag("SY-7")
  void a_bounce_and_a_text_message_tell_what_they_are_about() throws IOException {
    Path bounce =
        mail(
            "bounce.eml",
            """
            From: MAILER-DAEMON@mx.example
            To: shop@shop.example
            Subject: Delivery failure
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            It failed.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; ana@mail.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 User unknown

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <order-7@shop.example>
            To: ana@mail.example

            --b--
            """);
    Path sms =
        mail("sms.eml", "From: relay@sms.example\nSubject: SMS from +1 415-555-0123\n\nYes!\n");

    Ran ran =
        Ran.engage(
            "", "inspect", "--sms-gateway", "sms.example", bounce.toString(), sms.toString());

    assertThat(ran.objects().get(0).get("kind").asText()).isEqualTo("bounce");
    assertThat(ran.objects().get(0).get("bounce").toString())
        .isEqualTo(
            "{\"originalMessageId\":\"order-7@shop.example\",\"recipients\":[{\"address\":"
                + "\"ana@mail.example\",\"action\":\"failed\",\"status\":\"5.1.1\",\"replyCode\":550,"
                + "\"diagnostic\":\"550 5.1.1 User unknown\",\"category\":\"unknown-recipient\","
                + "\"permanent\":true}]}");
    assertThat(ran.objects().get(1).get("sms").toString())
        .isEqualTo("{\"number\":\"+14155550123\",\"text\":\"Yes!\"}");
  }

  @Test
  @Tag("G-14")
  void html_is_sanitised_and_read_as_text() throws IOException {
    Path file =
        mail(
            "html.eml",
            """
            From: ana@mail.example
            Subject: Lamp
            MIME-Version: 1.0
            Content-Type: text/html; charset=utf-8

            <p>Is the <b>lamp</b> ready?</p><script>alert(1)</script>
            <img src="https://track.example/p.gif">
            """);

    JsonNode mail = Ran.engage("", "inspect", file.toString()).objects().get(0);

    assertThat(mail.get("text").asText()).isEqualTo("Is the lamp ready?");
    assertThat(mail.get("html").asText())
        .contains("<b>lamp</b>")
        .doesNotContain("script", "track.example");
  }

  @Test
  void names_come_from_standard_input_and_one_that_is_missing_stops_nothing() throws IOException {
    Path first = mail("first.eml", "Subject: First\n\nHello\n");
    Path second = mail("second.eml", "Subject: Second\n\nHello\n");
    String names =
        first + "\n" + folder.resolve("none.eml") + "\n\n" + folder + "\n" + second + "\n";

    Ran ran = Ran.engage(names, "inspect", "--stdin");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.objects()).hasSize(4);
    assertThat(ran.objects().get(0).get("subject").asText()).isEqualTo("First");
    assertThat(ran.objects().get(1).get("error").asText()).contains("no such file");
    assertThat(ran.objects().get(1).get("file").asText()).endsWith("none.eml");
    assertThat(ran.objects().get(2).get("error").asText()).contains("not a file");
    assertThat(ran.objects().get(3).get("subject").asText()).isEqualTo("Second");
  }

  @Test
  void without_a_file_the_command_explains_itself() {
    Ran ran = Ran.engage("", "inspect");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--stdin");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  @Tag("G-11")
  void any_bytes_give_an_object() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      byte[] bytes = new byte[random.nextInt(4_000)];
      random.nextBytes(bytes);
      Path file = Files.write(folder.resolve("noise.eml"), bytes);

      Ran ran = Ran.engage("", "inspect", file.toString());

      assertThat(ran.exitCode()).isZero();
      assertThat(ran.objects()).singleElement().matches(object -> object.has("kind"));
    }
  }

  private Path mail(String name, String raw) throws IOException {
    return Files.write(
        folder.resolve(name), raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
