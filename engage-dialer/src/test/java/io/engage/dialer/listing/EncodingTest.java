package io.engage.dialer.listing;

import static io.engage.dialer.listing.Lists.HEADER;
import static io.engage.dialer.listing.Lists.RULES;
import static io.engage.dialer.listing.Lists.codes;
import static io.engage.dialer.listing.Lists.good;
import static io.engage.dialer.listing.Lists.rows;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.dialer.listing.RowProblem.Code;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class EncodingTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String ROW = "SupportIntegra;ana@customer.example;%s\n";
  private static final String GREETING = "¡Hola, Señor Müller! Cuesta 5 €";
  private static final String LIST = HEADER + ROW.formatted(GREETING);

  @Test
  void utf_8_with_and_without_mark_is_read() {
    assertThat(messages(LIST.getBytes(UTF_8))).containsExactly(GREETING);
    assertThat(messages(("\uFEFF" + LIST).getBytes(UTF_8))).containsExactly(GREETING);
  }

  @Test
  void what_is_not_utf_8_is_windows_1252() {
    assertThat(messages(LIST.getBytes(WINDOWS))).containsExactly(GREETING);
  }

  @Test
  void utf_16_is_read_as_spreadsheets_write_it_and_without_its_mark() {
    assertThat(messages(("\uFEFF" + LIST).getBytes(UTF_16LE))).containsExactly(GREETING);
    assertThat(messages(("\uFEFF" + LIST).getBytes(UTF_16BE))).containsExactly(GREETING);
    assertThat(messages(LIST.getBytes(UTF_16LE))).containsExactly(GREETING);
    assertThat(messages(LIST.getBytes(UTF_16BE))).containsExactly(GREETING);
  }

  /** The sample ends somewhere within the first character beyond ASCII, or just before or after. */
  @ParameterizedTest
  @ValueSource(ints = {64 * 1024 - 2, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000})
  void the_first_character_beyond_ascii_decides_wherever_it_stands(int place) {
    String begin = HEADER + ROW.formatted("").strip();
    String list = begin + "x".repeat(place - begin.length()) + "€ é\n" + ROW.formatted("é€");

    List<String> utf8 = messages(list.getBytes(UTF_8));
    List<String> windows = messages(list.getBytes(WINDOWS));

    assertThat(utf8.get(0)).endsWith("x€ é");
    assertThat(utf8.get(1)).isEqualTo("é€");
    assertThat(windows).isEqualTo(utf8);
  }

  @Test
  void a_single_byte_at_the_very_end_decides_too() {
    byte[] list = (HEADER + ROW.formatted("x").strip() + "é").getBytes(WINDOWS);

    assertThat(messages(list)).containsExactly("xé");
  }

  @Test
  void words_of_windows_1252_that_could_be_utf_8_do_not_decide_alone() {
    byte[] list = (HEADER + ROW.formatted("CAFÉ’S") + ROW.formatted("Señor")).getBytes(WINDOWS);

    assertThat(messages(list)).containsExactly("CAFÉ’S", "Señor");
  }

  @Test
  @Tag("DL-3")
  void a_byte_that_does_not_fit_costs_its_row_only() {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.writeBytes((HEADER + ROW.formatted("é".repeat(40_000))).getBytes(UTF_8));
    list.writeBytes(ROW.formatted("Señor").getBytes(WINDOWS));
    list.writeBytes(ROW.formatted("Señor").getBytes(UTF_8));

    List<CheckedRow> rows = rows(list.toByteArray(), RULES);

    assertThat(codes(rows)).containsExactly(List.of(), List.of(Code.BROKEN_ENCODING), List.of());
    assertThat(rows.get(1).problems().get(0))
        .extracting(RowProblem::line, RowProblem::column, RowProblem::columnName)
        .containsExactly(3L, 3, "message");
  }

  @Test
  void emoji_and_other_scripts_are_kept() {
    byte[] list = (HEADER + ROW.formatted("👋🏽 こんにちは שלום")).getBytes(UTF_8);

    assertThat(messages(list)).containsExactly("👋🏽 こんにちは שלום");
  }

  private static List<String> messages(byte[] list) {
    return good(list).stream().map(ListRow::message).toList();
  }
}
