package io.engage.dialer.listing;

import static io.engage.dialer.listing.Lists.HEADER;
import static io.engage.dialer.listing.Lists.addresses;
import static io.engage.dialer.listing.Lists.codes;
import static io.engage.dialer.listing.Lists.good;
import static io.engage.dialer.listing.Lists.rows;
import static io.engage.dialer.listing.Lists.theGood;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.engage.dialer.listing.RowProblem.Code;
import io.engage.dialer.listing.Rows.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuotingTest {
  private static final String[] PIECES = {
    "", "a", "Ana", " ", ";", ",", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "é", "👋", ":", "'",
    "x y"
  };

  @Test
  void a_quoted_message_holds_separators_quotes_and_line_breaks() {
    String message = "Hello; \"Ana\",\r\n\r\nhow are you?\rBye\n";

    ListRow row =
        theGood(HEADER + "SupportIntegra;ana@customer.example;" + quoted(message) + ";;;5\n");

    assertThat(row.message()).isEqualTo(message);
    assertThat(row.priority()).isEqualTo(5);
  }

  @Test
  void rows_after_a_message_of_several_lines_know_their_line() {
    List<ListRow> rows =
        good(
            HEADER
                + "SupportIntegra;ana@customer.example;\"one\ntwo\n\"\n"
                + "\n;;;;;\n"
                + "SupportIntegra;bo@customer.example;Hello\n");

    assertThat(rows).extracting(ListRow::line).containsExactly(2L, 7L);
    assertThat(rows).extracting(ListRow::row).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lines_end_as_on_any_system(String ending) {
    String list =
        (HEADER + "SupportIntegra;ana@customer.example\nSupportIntegra;bo@customer.example;\n")
            .replace("\n", ending);

    assertThat(addresses(rows(list)))
        .containsExactly("ana@customer.example", "bo@customer.example");
    assertThat(addresses(rows(list.strip()))).hasSize(2);
  }

  /** The break stands just before, across and just behind the border of what is read at once. */
  @ParameterizedTest
  @ValueSource(ints = {32 * 1024 - 2, 32 * 1024 - 1, 32 * 1024, 64 * 1024 - 1})
  void a_line_break_is_one_wherever_it_stands(int place) {
    String begin = HEADER + "SupportIntegra;ana@customer.example;";
    String list = begin + "x".repeat(place - begin.length()) + "\r\nSupportIntegra;b@shop.example";

    List<ListRow> rows = good(list);

    assertThat(rows).extracting(ListRow::line).containsExactly(2L, 3L);
    assertThat(rows.get(0).message()).hasSize(place - begin.length());
  }

  @Test
  void variables_are_read_as_a_spreadsheet_saves_them() {
    String unchanged = "\"\"\"Var1\"\":\"\"a;b\"\",\"\"Var2\"\":\"\"c\"\"\"";
    String afterOpening = "\"Var1:\"\"a;b\"\",\"\"Var2\"\":\"\"c\"\"\"";

    for (String cell : List.of(unchanged, afterOpening)) {
      ListRow row = theGood(HEADER + "SupportIntegra;ana@customer.example;;;" + cell + ";7\n");
      assertThat(row.variables()).containsExactly(Map.entry("Var1", "a;b"), Map.entry("Var2", "c"));
      assertThat(row.priority()).isEqualTo(7);
    }
  }

  @Test
  void blanks_around_quotes_are_no_part_of_the_cell() {
    ListRow row = theGood(HEADER + "SupportIntegra; \"ana@customer.example\" ; \"a;b\" ;;; 5 \n");

    assertThat(row.message()).isEqualTo("a;b");
    assertThat(row.priority()).isEqualTo(5);
  }

  @Test
  void quotes_within_a_cell_that_begins_without_one_are_text() {
    ListRow row = theGood(HEADER + "SupportIntegra;ana@customer.example;The \"best\" shop\n");

    assertThat(row.message()).isEqualTo("The \"best\" shop");
  }

  @Test
  @Tag("DL-3")
  void text_behind_a_closing_quote_costs_its_row_only() {
    List<CheckedRow> rows =
        rows(
            HEADER
                + "SupportIntegra;ana@customer.example;\"The \"best\" shop\";;;5\n"
                + "SupportIntegra;bo@customer.example\n");

    assertThat(codes(rows)).containsExactly(List.of(Code.TEXT_AFTER_QUOTE), List.of());
    assertThat(rows.get(0).problems().get(0))
        .extracting(RowProblem::line, RowProblem::column, RowProblem::columnName)
        .containsExactly(2L, 3, "message");
  }

  /** But for apostrophes that keep spreadsheets from calculating. */
  @Test
  void rfc_4180_is_read_as_another_library_reads_it() throws IOException {
    Random random = new Random(4180);
    for (int round = 0; round < 2_000; round++) {
      char separator = ";,\t".charAt(random.nextInt(3));
      String list = written(someRows(random), separator, random);

      List<List<String>> theirs = readByFastCsv(list, separator);

      assertThat(readByOurs(list, separator)).as(list).isEqualTo(theirs);
    }
  }

  private static List<List<String>> someRows(Random random) {
    int cells = 2 + random.nextInt(5);
    return IntStream.range(0, 1 + random.nextInt(5))
        .mapToObj(row -> IntStream.range(0, cells).mapToObj(cell -> someCell(random)).toList())
        .toList();
  }

  private static String someCell(Random random) {
    StringBuilder cell = new StringBuilder();
    IntStream.range(0, random.nextInt(6))
        .forEach(i -> cell.append(PIECES[random.nextInt(PIECES.length)]));
    return cell.toString();
  }

  private static String written(List<List<String>> rows, char separator, Random random)
      throws IOException {
    StringWriter list = new StringWriter();
    CsvWriter.CsvWriterBuilder writing =
        CsvWriter.builder()
            .fieldSeparator(separator)
            .lineDelimiter(random.nextBoolean() ? LineDelimiter.CRLF : LineDelimiter.LF);
    if (random.nextBoolean()) {
      writing.quoteStrategy(QuoteStrategies.ALWAYS);
    }
    try (CsvWriter writer = writing.build(list)) {
      rows.forEach(writer::writeRecord);
    }
    return list.toString();
  }

  private static List<List<String>> readByFastCsv(String list, char separator) throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).ofCsvRecord(list)) {
      return reader.stream()
          .map(row -> row.getFields().stream().map(Formula::unguarded).toList())
          .filter(row -> row.stream().anyMatch(cell -> !cell.isBlank()))
          .toList();
    }
  }

  private static List<List<String>> readByOurs(String list, char separator) {
    List<List<String>> rows = new ArrayList<>();
    Rows reading = Lists.cells(list, separator);
    for (Row row = reading.next(); row != null; row = reading.next()) {
      assertThat(row.flaw()).isNull();
      rows.add(row.cells());
    }
    return rows;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
