package io.engage.dialer.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleListTest {

  @Test
  void the_sample_has_the_form_of_the_manuals() {
    assertThat(SampleList.text("SupportIntegra").lines())
        .startsWith(
            "campaign;emailRecipient;message;attachments;variables;priority",
            "SupportIntegra;ana@customer.example;This is a test message.;;"
                + "\"Var1\":\"value\",\"Var2\":\"value\";9999");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SupportIntegra", "Spring; \"summer\"", "=SUM(1)", "Promoción", "a,b"})
  void each_row_of_the_sample_can_be_sent(String campaign) {
    ListRules rules = ListRules.of(campaign).withTemplateFields(Set.of("name", "first order"));

    List<CheckedRow> rows =
        Lists.rows(
            SampleList.text(campaign, List.of("name", "first order")).getBytes(UTF_8), rules);

    assertThat(rows).hasSize(2);
    assertThat(rows).allSatisfy(row -> assertThat(row.problems()).isEmpty());
    assertThat(((CheckedRow.Good) rows.get(1)).value())
        .extracting(ListRow::message, ListRow::variables, ListRow::priority)
        .containsExactly("", Map.of("name", "value", "first order", "value"), 1);
  }

  @Test
  void a_sample_needs_no_variables() {
    assertThat(Lists.rows(SampleList.text("SupportIntegra", List.of())))
        .allSatisfy(row -> assertThat(row.problems()).isEmpty());
  }
}
