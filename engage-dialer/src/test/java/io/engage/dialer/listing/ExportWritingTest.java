package io.engage.dialer.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.engage.dialer.listing.Rows.Row;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-53")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExportWritingTest {
  private static final String[] PIECES = {
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\0",
    "'",
    "\"",
    ";",
    ",",
    " ",
    "a",
    "Ana",
    "é",
    "👋",
    "\uFF1D",
    "cmd|'/C calc'!A0",
    "\"a\":\"b\"",
    "1"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|'/C calc'!A0",
        "+34600111222",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "\uFF1D1",
        "'=1",
      })
  void a_cell_that_begins_like_a_formula_gets_an_apostrophe(String cell) throws IOException {
    String line = ExportWriting.withCommas().line(List.of("Ana", cell));

    assertThat(readByFastCsv(line, ',')).containsExactly("Ana", "'" + cell);
    assertThat(readByOurs(line, ',')).containsExactly("Ana", cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ana", "a=b", "1-2", "ana@customer.example", "'quoted'", "O'Brien", ""})
  void any_other_cell_is_as_it_was(String cell) throws IOException {
    String line = ExportWriting.withSemicolons().line(List.of("x", cell));

    assertThat(readByFastCsv(line, ';')).containsExactly("x", cell);
    assertThat(readByOurs(line, ';')).containsExactly("x", cell);
  }

  @Test
  void a_cell_is_in_quotes_whatever_a_program_takes_for_the_separator() {
    String line = ExportWriting.withSemicolons().line(List.of("Ana, =1", "Bo\t=1", "5", "x y"));

    assertThat(line).isEqualTo("\"Ana, =1\";\"Bo\t=1\";5;\"x y\"\r\n");
  }

  @Test
  void what_was_exported_reads_as_it_was() throws IOException {
    Random random = new Random(53);
    for (int round = 0; round < 5_000; round++) {
      List<String> cells =
          IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> someCell(random)).toList();
      char separator = random.nextBoolean() ? ';' : ',';
      ExportWriting writing =
          separator == ';' ? ExportWriting.withSemicolons() : ExportWriting.withCommas();

      String line = writing.line(cells);

      assertThat(readByOurs(line, separator)).as(line).isEqualTo(cells);
      assertThat(readByFastCsv(line, separator))
          .allSatisfy(cell -> assertThat(cell).doesNotMatch("(?s)[=+@\\t\\r\\n\0-].*"));
    }
  }

  @Test
  void the_mark_of_utf_8_stands_before_everything() {
    assertThat(ExportWriting.BYTE_ORDER_MARK.getBytes(UTF_8))
        .containsExactly((byte) 0xEF, (byte) 0xBB, (byte) 0xBF);
  }

  private static String someCell(Random random) {
    StringBuilder cell = new StringBuilder();
    IntStream.range(0, random.nextInt(5))
        .forEach(i -> cell.append(PIECES[random.nextInt(PIECES.length)]));
    return cell.toString();
  }

  private static List<String> readByFastCsv(String line, char separator) throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).skipEmptyLines(false).ofCsvRecord(line)) {
      return reader.iterator().next().getFields();
    }
  }

  /** The first cell keeps a row of blank ones from being passed over. */
  private static List<String> readByOurs(String line, char separator) {
    Row row = Lists.cells("x" + separator + line, separator).next();
    assertThat(row).isNotNull();
    assertThat(row.flaw()).isNull();
    return row.cells().subList(1, row.cells().size());
  }
}
