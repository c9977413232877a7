package io.engage.model.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SY-4")
class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "bike.jpg, bike.jpg",
    "../../etc/passwd, passwd",
    "..\\..\\boot.ini, boot.ini",
    "C:\\Users\\ana\\photo.png, photo.png",
    "CON, _CON",
    "nul.txt, _nul.txt",
    "'  .hidden ', hidden",
    "trailing. ., trailing",
    "a<b>c:d|e?f*g.txt, abcdefg.txt",
    "'', unnamed",
    "..., unnamed",
    "Größe €.pdf, Größe €.pdf",
  })
  void whatever_a_sender_wrote_becomes_a_safe_name(String wanted, String safe) {
    assertThat(FileName.of(wanted).value()).isEqualTo(safe);
  }

  @Test
  void characters_that_hide_what_a_file_is_are_gone() {
    assertThat(FileName.of("invoice\u202egpj.exe").value()).isEqualTo("invoicegpj.exe");
    assertThat(FileName.of("in\u0000voice\r\n.pdf").value()).isEqualTo("invoice.pdf");
  }

  @Test
  void a_long_name_keeps_its_extension() {
    String name = FileName.of("x".repeat(10_000) + ".pdf").value();

    assertThat(name).hasSize(200).endsWith(".pdf");
  }

  @Test
  void no_name_of_any_characters_is_unsafe_and_a_safe_name_stays() {
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      String wild =
          random
              .ints(random.nextInt(300), 0, 0x3000)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();

      String name = FileName.of(wild).value();

      assertThat(name)
          .isNotEmpty()
          .hasSizeLessThanOrEqualTo(201)
          .doesNotContain("/", "\\", "\u0000")
          .doesNotStartWith(".");
      assertThat(FileName.of(name).value()).isEqualTo(name);
    }
  }
}
