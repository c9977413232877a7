package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.classifying.Classifying;
import io.engage.imap.MimeFormat;
import io.engage.model.message.MailContent;
import io.engage.model.message.MessageKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SY-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailReaderTest {
  private static final String ONLY_HTML =
      """
      From: Ana Ruiz <ana@mail.example>\r
      Subject: Automatische Antwort: Ihre Bestellung\r
      MIME-Version: 1.0\r
      Content-Type: text/html; charset=utf-8\r
      \r
      <p>Ich bin <b>derzeit abwesend</b>.</p><img src="https://track.example/p.gif">\r
      """;

  private final MailReader reader = MailReader.of(MimeFormat.create(), Classifying.withoutSms());

  @Test
  @Tag("G-26")
  void a_mail_of_html_only_is_read_and_classified_by_its_text() throws IOException {
    ReadMail read = reader.read(mail(ONLY_HTML));

    assertThat(read.text()).isEqualTo("Ich bin derzeit abwesend.");
    assertThat(read.classification().kind()).isEqualTo(MessageKind.OUT_OF_OFFICE);
    assertThat(read.html().blockedRemoteImages()).isEqualTo(1);
    assertThat(read.html().value()).contains("<b>derzeit abwesend</b>");
  }

  @Test
  void for_an_import_the_html_is_left_alone() throws IOException {
    ReadMail read = reader.readForImport(mail(ONLY_HTML));

    assertThat(read.html()).isNull();
    assertThat(read.folded().visible()).isEqualTo("Ich bin derzeit abwesend.");
  }

  private static MailContent mail(String raw) {
    return MailContent.of(raw.getBytes(StandardCharsets.UTF_8));
  }
}
