package io.engage.dialer.listing;

import static io.engage.dialer.listing.Lists.HEADER;
import static io.engage.dialer.listing.Lists.RULES;
import static io.engage.dialer.listing.Lists.addresses;
import static io.engage.dialer.listing.Lists.codes;
import static io.engage.dialer.listing.Lists.rows;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.engage.dialer.ListStream;
import io.engage.dialer.listing.RowProblem.Code;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds ends as a bad row; the good ones beside it are not lost. */
@Tag("DL-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostileListTest {
  /** Many times what it takes; what is not linear takes minutes. */
  private static final Duration GENEROUS = Duration.ofSeconds(40);

  private static final String ANA = "SupportIntegra;ana@customer.example;";
  private static final String BO = "SupportIntegra;bo@customer.example;";

  @Test
  void a_quote_that_is_never_closed_costs_its_row_only() {
    List<CheckedRow> rows =
        rows(HEADER + ANA + "\"Hello;;;9999\n" + (BO + "\"Hello; Bo\";;;1\n").repeat(3));

    assertThat(codes(rows))
        .containsExactly(List.of(Code.UNCLOSED_QUOTE), List.of(), List.of(), List.of());
    assertThat(rows.get(0).problems().get(0))
        .extracting(RowProblem::line, RowProblem::column, RowProblem::columnName)
        .containsExactly(2L, 3, "message");
  }

  @Test
  void a_quote_that_is_never_closed_in_the_last_row_is_told() {
    List<CheckedRow> rows = rows(HEADER + BO + "\n" + ANA + "\"Hello;;;9999");

    assertThat(codes(rows)).containsExactly(List.of(), List.of(Code.UNCLOSED_QUOTE));
  }

  @Test
  void a_quote_that_is_never_closed_in_the_variables_costs_its_row_only() {
    List<CheckedRow> rows = rows(HEADER + ANA + ";;\"a\":\"1;9999\n" + BO + ";;\"a\":\"1\"\n");

    assertThat(codes(rows)).containsExactly(List.of(Code.UNCLOSED_QUOTE), List.of());
    assertThat(rows.get(0).problems().get(0).column()).isEqualTo(5);
  }

  @Test
  void a_row_that_is_only_kept_as_failed_is_not_swallowed_by_an_open_quote() {
    List<CheckedRow> rows =
        rows(HEADER + ANA + "\"Hello;;;9\nSupportIntegra;nobody;\"Hi\";;;1\n" + BO + "\n");

    assertThat(codes(rows))
        .containsExactly(List.of(Code.UNCLOSED_QUOTE), List.of(Code.INVALID_ADDRESS), List.of());
  }

  @Test
  void a_line_of_a_message_may_name_the_campaign() {
    String message = "SupportIntegra; this is us.\nSupportIntegra\n";

    List<CheckedRow> rows = rows(HEADER + ANA + '"' + message + "\"\n" + BO + "\n");

    assertThat(addresses(rows)).containsExactly("ana@customer.example", "bo@customer.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"v%d\":\"\",", "v%d=1:"})
  void a_row_of_very_many_variables_is_one_bad_row(String variable) {
    String variables =
        IntStream.range(0, 70_000).mapToObj(variable::formatted).collect(Collectors.joining());

    List<CheckedRow> rows = rows(HEADER + ANA + ";;" + variables + "\n" + BO + "\n");

    assertThat(codes(rows)).containsExactly(List.of(Code.UNREADABLE_VARIABLES), List.of());
  }

  @Test
  void a_message_of_a_hundred_thousand_fields_is_one_bad_row() {
    List<CheckedRow> rows = rows(HEADER + ANA + "${a}".repeat(100_000) + "\n" + BO + "\n");

    assertThat(codes(rows)).containsExactly(List.of(Code.UNREADABLE_MESSAGE), List.of());
  }

  @Test
  void lines_that_follow_an_open_quote_and_are_no_rows_are_told_each() {
    List<CheckedRow> rows = rows(HEADER + ANA + "\"Dear Ana\nBest regards\n" + BO + "\n");

    assertThat(codes(rows).get(0)).containsExactly(Code.UNCLOSED_QUOTE);
    assertThat(codes(rows).get(1)).contains(Code.OTHER_CAMPAIGN);
    assertThat(addresses(rows)).containsExactly("bo@customer.example");
  }

  @Test
  void a_row_of_too_many_lines_or_characters_is_none() {
    for (String lines : List.of("x\n".repeat(10_001), ("x".repeat(999) + "\n").repeat(1_001))) {
      List<CheckedRow> rows = rows(HEADER + ANA + "\"" + lines + "\"\n" + BO + "\n");

      assertThat(codes(rows).get(0)).containsExactly(Code.UNCLOSED_QUOTE);
      assertThat(addresses(rows)).containsExactly("bo@customer.example");
    }
  }

  @Test
  void a_row_may_have_a_million_characters_and_not_one_more() {
    String fits = ANA + "x".repeat(Lines.LONGEST - ANA.length());

    List<CheckedRow> rows = rows(HEADER + fits + "\n" + fits + "x\n" + BO + "\n");

    assertThat(codes(rows)).containsExactly(List.of(), List.of(Code.ROW_TOO_LONG), List.of());
    assertThat(rows.get(1).line()).isEqualTo(3);
    assertThat(rows.get(2).line()).isEqualTo(4);
  }

  @Test
  void a_line_of_a_hundred_megabytes_is_one_bad_row() {
    InputStream list =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream((HEADER + ANA + "\n").getBytes(US_ASCII)),
                    new Endless("x;\"", 100_000_000),
                    new ByteArrayInputStream(("\n" + BO + "\n").getBytes(US_ASCII)))));

    ListReading reading = ListReading.open(ListStream.of(list), RULES);

    assertThat(reading.next().problems()).isEmpty();
    assertThat(reading.next().problems())
        .extracting(RowProblem::code)
        .containsExactly(Code.ROW_TOO_LONG);
    assertThat(reading.next().problems()).isEmpty();
    assertThat(reading.hasNext()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {";", ";x", ";\"x\"", ";\"a\":\"b\"", "; "})
  void a_row_of_a_hundred_thousand_columns_is_one_bad_row(String column) {
    List<CheckedRow> rows = rows(HEADER + ANA + column.repeat(100_000) + "x\n" + BO + "\n");

    assertThat(codes(rows)).containsExactly(List.of(Code.TOO_MANY_COLUMNS), List.of());
  }

  @Test
  void a_header_of_a_million_columns_is_refused() {
    ListReading reading = Lists.open("campaign;email;" + "x;".repeat(490_000) + "\n" + ANA + "\n");

    assertThat(reading.problems()).isNotEmpty().hasSizeLessThan(20);
    assertThat(reading.hasNext()).isFalse();
  }

  @Test
  void a_header_without_end_is_refused() {
    ListReading reading =
        ListReading.open(ListStream.of(new Endless("campaign;", 5_000_000)), RULES);

    assertThat(reading.problems()).extracting(RowProblem::code).containsExactly(Code.ROW_TOO_LONG);
  }

  @Test
  void nuls_cost_their_rows_only() {
    List<CheckedRow> rows =
        rows(HEADER + ANA + "\n" + "\0".repeat(1_000) + "\n" + BO + "\0\n" + BO + "\n");

    assertThat(addresses(rows)).containsExactly("ana@customer.example", "bo@customer.example");
    assertThat(codes(rows).get(2)).containsExactly(Code.FORBIDDEN_CHARACTER);
  }

  /** Each opens quotes that the lines below close, do not close, or seem to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x;\"open\n",
        "a\"b;\"open\n",
        "x;\"\"\"open\n",
        "x;\"\"\n",
        "\"\n",
        "\"\"\"\n",
        "\n",
        ";\n",
        "x;\"a\":\"b\n",
        "x;\"a\":\"b\",\"c\n",
        "x;\"a\n\n\n\n\n\n\n\n",
        "SupportIntegra;ana@customer.example;\"open\n",
        "x\r",
        "a\"\"b\n",
        " \" \n",
      })
  void hostile_lines_take_linear_time(String lines) {
    String list = HEADER + ANA + "\"" + lines.repeat(1_000_000 / lines.length()) + BO + "\n";

    CheckedRow last = assertTimeout(GENEROUS, () -> lastOf(Lists.open(list)));

    assertThat(addresses(List.of(last))).containsExactly("bo@customer.example");
  }

  @Test
  void random_bytes_never_break_the_reading() {
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      byte[] noise = new byte[random.nextInt(5_000)];
      random.nextBytes(noise);
      String bad = new String(noise, ISO_8859_1);

      List<CheckedRow> rows =
          rows((HEADER + ANA + "\n" + bad + "\n" + BO + "\n").getBytes(US_ASCII), RULES);

      assertThat(addresses(rows)).contains("ana@customer.example");
    }
  }

  @Test
  void whatever_is_made_of_a_lists_own_pieces_loses_no_good_row() {
    String[] pieces = {
      "\"", "\"\"", ";", ",", "\n", "\r\n", "a", "\"a\":\"", "SupportIntegra", "x@y.example", " "
    };
    Random random = new Random(4711);
    for (int round = 0; round < 2_000; round++) {
      String mess =
          IntStream.range(0, random.nextInt(40))
              .mapToObj(i -> pieces[random.nextInt(pieces.length)])
              .collect(Collectors.joining());

      List<CheckedRow> rows = rows(HEADER + ANA + "\n" + mess + "\n" + BO + "\n" + BO + "\n");

      assertThat(addresses(rows)).as(mess).contains("ana@customer.example");
      assertThat(addresses(rows)).as(mess).endsWith("bo@customer.example", "bo@customer.example");
    }
  }

  private static CheckedRow lastOf(ListReading reading) {
    CheckedRow row = reading.next();
    while (reading.hasNext()) {
      row = reading.next();
    }
    return row;
  }

  /** Repeats a text. */
  private static final class Endless extends InputStream {
    private final byte[] text;
    private long left;

    Endless(String text, long length) {
      this.text = text.repeat(8192 / text.length()).getBytes(US_ASCII);
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? text[0] : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, Math.min(length, text.length));
      System.arraycopy(text, 0, buffer, offset, count);
      left -= count;
      return count;
    }
  }
}
