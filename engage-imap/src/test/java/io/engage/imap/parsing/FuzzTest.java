package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.bytes;
import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.engage.model.message.Attachment;
import io.engage.model.message.ParsedMail;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any bytes give a result, and every file that is listed can be written with the bytes promised.
 */
@Tag("G-9")
@Tag("G-11")
@Tag("G-15")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FuzzTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final List<String> WORDS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\r\n\r\n",
          "\0",
          " ",
          "\t",
          ":",
          ";",
          "=",
          "\"",
          "<",
          ">",
          "--b",
          "--b--",
          "\r\n--b\r\n",
          "Content-Type: ",
          "multipart/mixed; boundary=b",
          "multipart/alternative; boundary=b",
          "text/html",
          "text/plain",
          "message/rfc822",
          "Content-Transfer-Encoding: ",
          "base64",
          "quoted-printable",
          "x-uuencode",
          "begin 644 x\n",
          "charset=",
          "utf-7",
          "utf-16",
          "iso-2022-jp",
          "=?utf-8?Q?",
          "?=",
          "=?x?b?",
          "From: ",
          "To: ",
          "Subject: ",
          "Date: ",
          "References: ",
          "\u001b$B",
          "\u00ff\u00fe",
          "\u00c3\u00a9",
          "\u00e9",
          "filename*0*=",
          "filename=",
          "Content-Disposition: ",
          "attachment",
          "SGVsbG8=",
          "=E9",
          "=",
          "4 Mar 2024",
          "format=flowed",
          "> ",
          "From ",
          "Content-ID: <a>",
          "text/calendar",
          "ana@x.example");

  @Test
  void random_bytes_give_a_result() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] mail = new byte[random.nextInt(3_000)];
      random.nextBytes(mail);

      check(mail);
    }
  }

  @Test
  void a_megabyte_of_random_bytes_gives_a_result() {
    byte[] mail = new byte[1 << 20];
    new Random(2).nextBytes(mail);

    ParsedMail parsed = assertTimeoutPreemptively(LONG, () -> parse(mail));

    assertThat(parsed.warnings()).isNotEmpty();
  }

  @Test
  void random_words_of_the_language_give_a_result() {
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder mail = new StringBuilder();
      for (int n = random.nextInt(80); n > 0; n--) {
        mail.append(WORDS.get(random.nextInt(WORDS.size())));
      }

      check(bytes(mail.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo-of-a-bike.eml", "bounce.eml", "meeting.eml"})
  void mutations_of_good_mails_give_a_result(String name) throws IOException {
    byte[] good = fixture(name);
    Random random = new Random(4);
    for (int i = 0; i < 1_500; i++) {
      check(mutated(good, random));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo-of-a-bike.eml", "bounce.eml", "meeting.eml"})
  void a_good_mail_cut_anywhere_gives_a_result(String name) throws IOException {
    byte[] good = fixture(name);
    for (int length = 0; length < good.length; length += 7) {
      check(Arrays.copyOf(good, length));
    }
  }

  @Test
  void a_megabyte_of_each_word_gives_a_result() {
    for (String word : WORDS) {
      byte[] mail = bytes("Subject: x\r\n" + word.repeat(1_000_000 / word.length()));

      ParsedMail parsed = assertTimeoutPreemptively(LONG, () -> parse(mail), word);

      assertThat(parsed.attachments()).hasSizeLessThanOrEqualTo(Bounds.PARTS + 1);
    }
  }

  @Test
  void a_megabyte_of_each_word_in_a_body_gives_a_result() {
    for (String word : WORDS) {
      byte[] mail =
          bytes(
              "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
                  + word.repeat(1_000_000 / word.length()));

      ParsedMail parsed = assertTimeoutPreemptively(LONG, () -> parse(mail), word);

      assertThat(parsed.attachments()).hasSizeLessThanOrEqualTo(Bounds.PARTS + 1);
    }
  }

  private static void check(byte[] mail) {
    ParsedMail parsed = parse(mail);
    assertThat(parsed.text()).doesNotContain("\r", "\0");
    assertThat(parsed.headers().subject()).doesNotContain("\r", "\n", "\0");
    for (Attachment attachment : parsed.attachments()) {
      try {
        byte[] content = part(mail, attachment.part().value());
        assertThat((long) content.length).isEqualTo(attachment.size());
        assertThat(Mails.sha256(content)).isEqualTo(attachment.sha256().value());
      } catch (IOException memoryDoesNotFail) {
        throw new AssertionError(memoryDoesNotFail);
      }
    }
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] mail = good.clone();
    for (int n = 1 + random.nextInt(8); n > 0; n--) {
      int at = random.nextInt(mail.length);
      switch (random.nextInt(3)) {
        case 0 -> mail[at] = (byte) random.nextInt(256);
        case 1 ->
            System.arraycopy(
                good, random.nextInt(good.length - 20), mail, Math.min(at, mail.length - 20), 20);
        default -> mail[at] = (byte) "\r\n:;=\"<>- \t?".charAt(random.nextInt(12));
      }
    }
    return mail;
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = FuzzTest.class.getResourceAsStream("/mails/" + name)) {
      return in.readAllBytes();
    }
  }
}
