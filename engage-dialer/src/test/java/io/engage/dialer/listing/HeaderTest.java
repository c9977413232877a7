package io.engage.dialer.listing;

import static io.engage.dialer.listing.Lists.good;
import static io.engage.dialer.listing.Lists.open;
import static io.engage.dialer.listing.Lists.theGood;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.dialer.listing.RowProblem.Code;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "campaign;emailRecipient;message\n",
        "CAMPAIGN;EMAILRECIPIENT;MESSAGE\n",
        "campaign;destination;message\n",
        " Campaign ; E-Mail ; Message \n",
        "\"campaign\";\"email_recipient\";\"message\"\n",
        "Campaña;Correo electrónico;Mensaje;;\n",
        "\n\nsep=;\ncampaign;email;message\n",
      })
  void columns_are_known_by_the_names_in_use(String header) {
    ListRow row = theGood(header + "SupportIntegra;ana@customer.example;Hello\n");

    assertThat(row.address()).isEqualTo("ana@customer.example");
    assertThat(row.message()).isEqualTo("Hello");
  }

  @Test
  void columns_may_stand_in_any_order() {
    ListRow row =
        theGood(
            "priority;variables;destination;campaign\n"
                + "3;\"name\":\"Ana\";ana@customer.example;SupportIntegra\n");

    assertThat(row.priority()).isEqualTo(3);
    assertThat(row.variables()).isEqualTo(Map.of("name", "Ana"));
    assertThat(row.address()).isEqualTo("ana@customer.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", ",", "\t"})
  void the_header_tells_what_parts_columns(String separator) {
    String list =
        """
        campaign|email|message|attachments|variables|priority
        SupportIntegra|ana@customer.example|Hello|""|"name":"Ana","city":"Rome"|3
        """
            .replace("|", separator);

    ListRow row = theGood(list);

    assertThat(row.message()).isEqualTo("Hello");
    assertThat(row.variables())
        .containsExactly(Map.entry("name", "Ana"), Map.entry("city", "Rome"));
    assertThat(row.priority()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", ",", "\t"})
  void a_list_without_header_is_understood_by_a_first_row_of_the_campaign(String separator) {
    String list =
        "supportintegra;ana@customer.example;Hello;;;3\nSupportIntegra;bo@customer.example\n"
            .replace(";", separator);

    List<ListRow> rows = good(list);

    assertThat(rows).extracting(ListRow::row).containsExactly(1L, 2L);
    assertThat(rows).extracting(ListRow::line).containsExactly(1L, 2L);
    assertThat(rows.get(0).priority()).isEqualTo(3);
  }

  @Test
  void a_first_line_that_is_neither_is_refused_with_what_it_holds() {
    ListReading reading = open("Newsletter;ana@customer.example;Hello\n");

    assertThat(reading.hasNext()).isFalse();
    assertThat(reading.problems()).extracting(RowProblem::code).contains(Code.MISSING_COLUMN);
    assertThat(reading.problems().get(0).reason())
        .contains("'emailRecipient'")
        .contains("'Newsletter'")
        .contains("campaign;emailRecipient;message;attachments;variables;priority");
  }

  @Test
  void a_header_without_a_needed_column_says_which() {
    ListReading reading = open("campaign;message\nSupportIntegra;Hello\n");

    assertThat(reading.hasNext()).isFalse();
    assertThat(reading.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(1);
              assertThat(problem.reason())
                  .contains("no column 'emailRecipient'")
                  .contains("'campaign', 'message'");
            });
  }

  @Test
  void a_column_that_nobody_knows_is_refused_rather_than_passed_over() {
    ListReading reading = open("campaign;email;prioritty\nSupportIntegra;ana@customer.example;1\n");

    assertThat(reading.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(Code.UNKNOWN_COLUMN);
              assertThat(problem.column()).isEqualTo(3);
              assertThat(problem.reason()).contains("'prioritty'");
            });
  }

  @Test
  void two_names_of_one_column_are_refused() {
    ListReading reading = open("campaign;email;destination\n");

    assertThat(reading.problems())
        .extracting(RowProblem::code)
        .containsExactly(Code.REPEATED_COLUMN);
  }

  @Test
  void names_of_columns_are_repeated_in_short_and_in_one_line() {
    ListReading unknown = open("campaign;email;" + "x\u001B".repeat(100_000) + "\n");
    List<CheckedRow> known = Lists.rows("Camp\u001Baign;email\nNewsletter;ana@customer.example\n");

    assertThat(unknown.problems().get(0).toString()).hasSizeLessThan(300).doesNotContain("\u001B");
    assertThat(known.get(0).problems().get(0).columnName()).isEqualTo("Camp\uFFFDaign");
  }

  @Test
  void a_workbook_is_told_from_a_list() {
    ListReading reading = open("PK\u0003\u0004\u0014\0\6\0binary\n");

    assertThat(reading.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("workbook").contains("CSV"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\r\n", "sep=;\n", "\uFEFF"})
  void an_empty_list_is_said_to_be_empty(String list) {
    ListReading reading = open(list);

    assertThat(reading.hasNext()).isFalse();
    assertThat(reading.problems()).extracting(RowProblem::code).containsExactly(Code.EMPTY_LIST);
  }

  @Test
  void a_list_may_have_no_rows() {
    assertThat(good(Lists.HEADER)).isEmpty();
  }
}
