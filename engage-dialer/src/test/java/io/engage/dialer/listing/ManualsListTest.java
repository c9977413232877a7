package io.engage.dialer.listing;

import static io.engage.dialer.listing.Lists.HEADER;
import static io.engage.dialer.listing.Lists.theGood;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows as the manuals write them. */
@Tag("DL-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManualsListTest {
  private static final String OLDER_HEADER =
      "campaign;destination;message;attachments;variables;priority\n";

  @Test
  void the_example_of_the_manual_reads_exactly() {
    ListRow row =
        theGood(
            HEADER
                + "SupportIntegra;test@integraccs.com;This is a test message.;;"
                + "\"Var1\":\"value\",\"Var2\":\"value\";9999\n");

    assertThat(row)
        .isEqualTo(
            new ListRow(
                1,
                2,
                "SupportIntegra",
                "test@integraccs.com",
                "This is a test message.",
                List.of(),
                Map.of("Var1", "value", "Var2", "value"),
                9999));
  }

  @Test
  void the_quote_that_the_manual_forgot_is_not_missed() {
    ListRow row = variables("\"nameVariable1\":\"value,\"nameVariable2\":\"value\"");

    assertThat(row.variables())
        .containsExactly(Map.entry("nameVariable1", "value"), Map.entry("nameVariable2", "value"));
    assertThat(row.priority()).isEqualTo(7);
  }

  @Test
  void a_separator_in_a_quoted_variable_is_text() {
    ListRow row = variables("\"name\":\"Ana; and Bo\",\"city\":\"Paris, France\"");

    assertThat(row.variables())
        .containsExactly(Map.entry("name", "Ana; and Bo"), Map.entry("city", "Paris, France"));
    assertThat(row.priority()).isEqualTo(7);
  }

  @Test
  void the_older_manual_writes_equals_signs_and_colons() {
    ListRow row =
        theGood(
            OLDER_HEADER
                + "SupportIntegra;ana@customer.example;;;"
                + "nameVariable1 = value: variableName2 = value;1\n");

    assertThat(row.variables())
        .containsExactly(Map.entry("nameVariable1", "value"), Map.entry("variableName2", "value"));
    assertThat(row.priority()).isEqualTo(1);
  }

  @Test
  void a_row_without_priority_comes_last() {
    ListRow row = theGood(HEADER + "SupportIntegra;ana@customer.example;Hello\n");

    assertThat(row.priority()).isEqualTo(9999);
    assertThat(row.message()).isEqualTo("Hello");
    assertThat(row.attachments()).isEmpty();
    assertThat(row.variables()).isEmpty();
  }

  private static ListRow variables(String cell) {
    return theGood(HEADER + "SupportIntegra;ana@customer.example;Hello;;" + cell + ";7\n");
  }
}
