package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.bytes;
import static io.engage.imap.parsing.Mails.mail;
import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.part;
import static io.engage.imap.parsing.Mails.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.Attachment;
import io.engage.model.message.ParsedMail;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SY-3")
@Tag("G-13")
@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedFilesTest {

  @Test
  void a_uuencoded_file_within_text_is_taken_out_and_listed() throws IOException {
    byte[] mail =
        mail(
            "From: ana@customers.example",
            "",
            "The list you asked for:",
            "begin 644 spare parts.txt",
            "+8G)A:V4@8V%B;&4`",
            "`",
            "end",
            "Ana");

    ParsedMail read = parse(mail);

    assertThat(read.text()).isEqualTo("The list you asked for:\nAna\n");
    Attachment file = read.attachments().get(0);
    assertThat(file.name().value()).isEqualTo("spare parts.txt");
    assertThat(file.sha256().value()).isEqualTo(sha256(bytes("brake cable")));
    assertThat(part(mail, file.part().value())).isEqualTo(bytes("brake cable"));
  }

  @Test
  void a_yenc_file_within_text_is_taken_out_and_listed() throws IOException {
    byte[] mail =
        mail(
            "Content-Type: text/plain",
            "",
            "See here",
            "=ybegin line=128 size=6 name=bell.bin",
            "\u008c\u009c\u008b=\u00c0\u008f*",
            "=yend size=6",
            "Ana");

    ParsedMail read = parse(mail);

    assertThat(read.text()).isEqualTo("See here\nAna\n");
    assertThat(read.attachments()).extracting(a -> a.name().value()).containsExactly("bell.bin");
    assertThat(part(mail, "1.1")).isEqualTo(bytes("braVe\0"));
  }

  @Test
  void words_that_look_like_the_beginning_of_a_file_stay_text() {
    ParsedMail read =
        parse("Content-Type: text/plain", "", "begin 644 nothing", "It is only a joke.", "end");

    assertThat(read.text()).isEqualTo("begin 644 nothing\nIt is only a joke.\nend\n");
    assertThat(read.attachments()).isEmpty();
  }

  @Test
  @Tag("G-15")
  void of_very_many_files_a_hundred_are_listed_and_the_others_stay_text() {
    String files = "begin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n".repeat(2_000);

    ParsedMail read = parse("Content-Type: text/plain", "", files);

    assertThat(read.attachments()).hasSize(100);
    assertThat(read.text()).contains("begin 644 a.txt\n#86)C\n`\nend\n");
  }
}
