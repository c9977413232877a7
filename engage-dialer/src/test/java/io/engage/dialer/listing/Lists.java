package io.engage.dialer.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.dialer.ListStream;
import io.engage.dialer.listing.RowProblem.Code;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists of a shop that asks its customers to renew. */
final class Lists {
  static final String HEADER = "campaign;emailRecipient;message;attachments;variables;priority\n";
  static final String CAMPAIGN = "SupportIntegra";
  static final ListRules RULES = ListRules.of(CAMPAIGN);

  private Lists() {}

  static ListReading open(byte[] bytes, ListRules rules) {
    return ListReading.open(ListStream.of(new ByteArrayInputStream(bytes)), rules);
  }

  static ListReading open(String list) {
    return open(list.getBytes(StandardCharsets.UTF_8), RULES);
  }

  static List<CheckedRow> rows(byte[] bytes, ListRules rules) {
    ListReading reading = open(bytes, rules);
    assertThat(reading.problems()).isEmpty();
    List<CheckedRow> rows = new ArrayList<>();
    reading.forEachRemaining(rows::add);
    return rows;
  }

  static List<CheckedRow> rows(String list, ListRules rules) {
    return rows(list.getBytes(StandardCharsets.UTF_8), rules);
  }

  static List<CheckedRow> rows(String list) {
    return rows(list, RULES);
  }

  /** The rows of a list of which every row can be sent. */
  static List<ListRow> good(String list) {
    return good(list.getBytes(StandardCharsets.UTF_8));
  }

  static List<ListRow> good(byte[] list) {
    List<CheckedRow> rows = rows(list, RULES);
    assertThat(rows).allSatisfy(row -> assertThat(row.problems()).isEmpty());
    return rows.stream().map(row -> ((CheckedRow.Good) row).value()).toList();
  }

  static ListRow theGood(String list) {
    List<ListRow> rows = good(list);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  /** The rows of a text as cells, unchecked. */
  static Rows cells(String list, char separator) {
    Lines lines =
        new Lines(
            new Decoding(
                ListStream.of(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)))));
    return new Rows(lines, Columns.withoutHeader(separator), CAMPAIGN, null);
  }

  /** The codes of the rows, empty for a good one. */
  static List<List<Code>> codes(List<CheckedRow> rows) {
    return rows.stream()
        .map(row -> row.problems().stream().map(RowProblem::code).toList())
        .toList();
  }

  static List<String> addresses(List<CheckedRow> rows) {
    return rows.stream()
        .filter(CheckedRow.Good.class::isInstance)
        .map(row -> ((CheckedRow.Good) row).value().address())
        .toList();
  }
}
