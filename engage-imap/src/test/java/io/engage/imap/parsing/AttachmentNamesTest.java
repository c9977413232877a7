package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.ParsedMail;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SY-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AttachmentNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "filename=\"invoice.pdf\"|invoice.pdf",
        "filename=invoice.pdf|invoice.pdf",
        "filename=my invoice.pdf|my invoice.pdf",
        "filename=\"a;b=c.pdf\"|a;b=c.pdf",
        "filename*=UTF-8''Rechnung%20f%C3%BCr%20Jos%C3%A9.pdf|Rechnung für José.pdf",
        "filename*=iso-8859-1'de'Gr%F6%DFe.pdf|Größe.pdf",
        "filename*=UTF-8''Gr%F6%DFe.pdf|Größe.pdf",
        "filename*=Gr%C3%B6%C3%9Fe.pdf|Größe.pdf",
        "filename*0*=UTF-8''Gr%C3; filename*1*=%B6%C3%9Fe; filename*2=.pdf|Größe.pdf",
        "filename*1=oice.pdf; filename*0=inv|invoice.pdf",
        "filename=\"=?utf-8?B?R3LDtsOfZS5wZGY=?=\"|Größe.pdf",
        "filename==?utf-8?Q?Gr=C3=B6=C3=9Fe.pdf?=|Größe.pdf",
        "filename=\"=?utf-8?Q?Gr=C3=B6?= =?utf-8?Q?=C3=9Fe.pdf?=\"|Größe.pdf",
        "filename=\"plain.pdf\"; filename*=UTF-8''b%C3%A9.pdf|bé.pdf",
        "FILENAME=\"invoice.pdf\"|invoice.pdf",
        "filename=\"../../etc/passwd\"|passwd",
        "filename=\"..\\\\..\\\\windows\\\\system.ini\"|system.ini",
        "filename=\"CON\"|_CON",
        "filename*=UTF-8''a%00b%0D%0A.pdf|ab.pdf",
        "filename*=UTF-8''gpj.%E2%80%AEexe|gpj.exe",
        "filename=\"\"|application.pdf",
        "x=y|application.pdf",
      })
  void a_name_is_decoded_and_made_safe(String parameters, String expected) {
    ParsedMail mail =
        parse(
            "Content-Type: application/pdf",
            "Content-Disposition: attachment; " + parameters,
            "",
            "x");

    assertThat(mail.attachments()).extracting(a -> a.name().value()).containsExactly(expected);
  }

  @Test
  void raw_names_are_read_as_utf_8_or_windows_1252() {
    assertThat(name("attachment; filename=\"" + utf8("Größe.pdf") + '"')).isEqualTo("Größe.pdf");
    assertThat(name("attachment; filename=\"Gr\u00f6\u00dfe.pdf\"")).isEqualTo("Größe.pdf");
  }

  @Test
  void the_name_of_the_type_serves_when_the_disposition_has_none() {
    ParsedMail mail =
        parse(
            "Content-Type: application/pdf; name*=utf-8''b%C3%A9.pdf",
            "Content-Disposition: attachment", "", "x");

    assertThat(mail.attachments()).extracting(a -> a.name().value()).containsExactly("bé.pdf");
  }

  @Test
  @Tag("G-15")
  void a_name_of_a_megabyte_is_cut() {
    assertThat(name("attachment; filename=\"" + "a".repeat(1_000_000) + ".pdf\""))
        .hasSizeLessThanOrEqualTo(200);
  }

  @Test
  @Tag("G-15")
  void a_name_in_a_hundred_thousand_sections_is_cut() {
    StringBuilder field = new StringBuilder("attachment");
    for (int i = 0; i < 100_000; i++) {
      field.append("; filename*").append(i).append("=a");
    }

    assertThat(name(field.toString())).hasSize(200).matches("a+");
  }

  private static String name(String disposition) {
    return parse("Content-Type: application/pdf", "Content-Disposition: " + disposition, "", "x")
        .attachments()
        .get(0)
        .name()
        .value();
  }
}
