package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.bytes;
import static io.engage.imap.parsing.Mails.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.ParsedMail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TransferDecodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '~',
      value = {
        "base64|SGVsbG8=|Hello",
        "base64|SGVsbG8|Hello",
        "base64|SGVs\\nbG8=\\n|Hello",
        "base64|SGVs!!bG8=|Hello",
        "base64|SGVsbG8=SGVsbG8=|HelloHello",
        "base64|SGVsbG8=\\n\\n____\\nlist footer|Hello",
        "base64|S|(nothing)",
        "base64|====|(nothing)",
        "base64|SGVsbG8\u00e9=|Hello",
        "base64| S G V s b G 8 =|Hello",
        "quoted-printable|Gr=FC=DFe|Gr\u00fc\u00dfe",
        "quoted-printable|soft=\\n break|soft break",
        "quoted-printable|soft= \t\\n break|soft break",
        "quoted-printable|trailing   \\nx|trailing\\nx",
        "quoted-printable|a=3db|a=b",
        "quoted-printable|50=% off|50=% off",
        "quoted-printable|=|(nothing)",
        "quoted-printable|a=4|a=4",
        "quoted-printable|==41|=A",
        "quoted-printable|a b  c|a b  c",
        "x-uuencode|begin 644 a.txt\\n%2&5L;&\\`\\n`\\nend|Hello",
        "x-uuencode|no begin|(nothing)",
        "7bit|as it is|as it is",
        "x-unheard-of|as it is|as it is"
      })
  void what_can_be_decoded_is(String encoding, String encoded, String expected) throws IOException {
    byte[] content = lines(expected.equals("(nothing)") ? "" : expected);
    for (int chunk : new int[] {1, 2, 3, 5, 10_000}) {
      assertThat(decoded(encoding, lines(encoded), chunk)).isEqualTo(content);
    }
  }

  @Test
  void base64_of_any_length_in_chunks_of_any_size_is_what_it_was() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] content = new byte[random.nextInt(40_000)];
      random.nextBytes(content);
      byte[] encoded = Base64.getMimeEncoder(1 + random.nextInt(100), bytes("\n")).encode(content);

      assertThat(decoded("base64", encoded, 1 + random.nextInt(9_000))).isEqualTo(content);
    }
  }

  @Test
  void one_wrong_byte_in_base64_costs_that_byte_only() throws IOException {
    byte[] content = new byte[30_000];
    new Random(8).nextBytes(content);
    byte[] encoded = Base64.getMimeEncoder().encode(content);
    byte[] hurt = bytes(new String(encoded, StandardCharsets.ISO_8859_1).replace("\r\n", "\r\n#"));

    assertThat(decoded("base64", hurt, 8_192)).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64", "BASE64", " base64 ", "Base64 (comment)", "base64;"})
  void the_name_of_an_encoding_is_read_leniently(String encoding) {
    ParsedMail mail =
        parse("Content-Type: text/plain", "Content-Transfer-Encoding: " + encoding, "", "SGVsbG8=");

    assertThat(mail.text()).isEqualTo("Hello");
  }

  @Test
  void broken_and_unknown_encodings_are_named_in_a_warning() {
    assertThat(parse("Content-Transfer-Encoding: base64", "", "SGV#sbG8=").warnings())
        .contains("A part has a broken transfer encoding");
    assertThat(parse("Content-Transfer-Encoding: x-rot13", "", "Uryyb").warnings())
        .contains("A part has an unknown transfer encoding");
  }

  @Test
  @Tag("G-12")
  void a_line_of_blanks_without_end_takes_no_memory() throws IOException {
    TransferDecoding decoding =
        TransferDecoding.of("quoted-printable", OutputStream.nullOutputStream(), new Room());
    byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 300; i++) {
      decoding.write(blanks, 0, blanks.length);
    }

    decoding.finish();

    assertThat(decoding.isBroken()).isFalse();
  }

  private static byte[] lines(String text) {
    return bytes(text.replace("\\n", "\n"));
  }

  private static byte[] decoded(String encoding, byte[] encoded, int chunk) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    TransferDecoding decoding = TransferDecoding.of(encoding, to, new Room());
    for (int i = 0; i < encoded.length; i += chunk) {
      decoding.write(encoded, i, Math.min(chunk, encoded.length - i));
    }
    decoding.finish();
    return to.toByteArray();
  }
}
