package io.engage.dialer.listing;

import static io.engage.dialer.listing.Lists.HEADER;
import static io.engage.dialer.listing.Lists.RULES;
import static io.engage.dialer.listing.Lists.addresses;
import static io.engage.dialer.listing.Lists.rows;
import static io.engage.dialer.listing.Lists.theGood;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.dialer.listing.RowProblem.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RowCheckingTest {
  private static final String ANA = "SupportIntegra;ana@customer.example;";

  @Test
  void each_bad_row_is_named_by_line_column_and_reason_and_good_rows_stay() {
    List<CheckedRow> rows =
        rows(
            HEADER
                + ANA
                + "\nNewsletter;bo@customer.example\n"
                + "SupportIntegra;no address\n"
                + ANA
                + ";;;soon\n"
                + "SupportIntegra;cy@customer.example\n");

    assertThat(addresses(rows)).containsExactly("ana@customer.example", "cy@customer.example");
    assertThat(rows.stream().flatMap(row -> row.problems().stream()).map(RowProblem::toString))
        .containsExactly(
            "line 3, column 1 (campaign): The campaign is 'Newsletter', but this list is for"
                + " 'SupportIntegra'",
            "line 4, column 2 (emailRecipient): This is no e-mail address, so nothing is sent"
                + " to it",
            "line 5, column 6 (priority): The priority 'soon' is no whole number from 1 to"
                + " 999999999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ana",
        "ana@",
        "@customer.example",
        "ana@@customer.example",
        "ana silva@customer.example",
        "ana@customer..example",
        "ana@.example",
        "ana@-customer.example",
        "ana@customer.example.",
        "ana@customer.example, bo@customer.example",
        "Ana <ana@customer.example>",
        "ana@customer_example@shop.example",
        "ana\u202E@customer.example",
      })
  void a_row_with_an_invalid_address_is_kept_as_failed(String address) {
    CheckedRow row = only("SupportIntegra;" + address + ";Hello;;;3\n");

    assertThat(row)
        .isInstanceOfSatisfying(
            CheckedRow.Failed.class,
            failed -> {
              assertThat(failed.problems())
                  .extracting(RowProblem::code)
                  .containsExactly(Code.INVALID_ADDRESS);
              assertThat(failed.value().address()).isEqualTo(address);
              assertThat(failed.value().priority()).isEqualTo(3);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ana@customer.example",
        "  ana+shop@customer.example ",
        "o'brien@customer.example",
        "\"ana@work\"@customer.example",
        "josé@customer.example",
        "ana@müller.example",
        "ana@xn--mller-kva.example",
        "ana@[192.0.2.1]",
      })
  void an_address_that_mail_can_be_sent_to_is_good(String address) {
    CheckedRow row = only("SupportIntegra;\"" + address.replace("\"", "\"\"") + "\";Hello\n");

    assertThat(row).isInstanceOf(CheckedRow.Good.class);
  }

  @Test
  void a_row_without_address_is_kept_as_failed() {
    CheckedRow row = only("SupportIntegra; ;Hello\n");

    assertThat(row).isInstanceOf(CheckedRow.Failed.class);
    assertThat(codes(row)).containsExactly(Code.MISSING_ADDRESS);
  }

  @Test
  @Tag("G-46")
  void the_same_address_in_two_rows_is_two_recipients() {
    List<CheckedRow> rows = rows(HEADER + ANA + "one\n" + ANA + "two\n");

    assertThat(addresses(rows)).containsExactly("ana@customer.example", "ana@customer.example");
    assertThat(rows).extracting(CheckedRow::row).containsExactly(1L, 2L);
  }

  @Test
  @Tag("G-46")
  void bad_rows_count_so_that_a_row_keeps_its_number_when_others_are_mended() {
    String mended = HEADER + ANA + "\n" + ANA + "\n" + ANA + "\n";
    String broken = HEADER + ANA + "\nNewsletter;bo@customer.example\n" + ANA + "\n";

    assertThat(rows(broken)).extracting(CheckedRow::row).containsExactly(1L, 2L, 3L);
    assertThat(rows(mended)).extracting(CheckedRow::row).containsExactly(1L, 2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"supportintegra", " SupportIntegra ", "SUPPORTINTEGRA\u00A0"})
  void the_name_of_the_campaign_is_compared_without_case_and_blanks(String name) {
    assertThat(only(name + ";ana@customer.example\n")).isInstanceOf(CheckedRow.Good.class);
  }

  @Test
  void accents_of_a_campaign_are_the_same_composed_or_not() {
    String list = HEADER + "Promocio\u0301n;ana@customer.example\n";

    assertThat(rows(list, ListRules.of("Promoción")).get(0)).isInstanceOf(CheckedRow.Good.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Support", "SupportIntegra 2"})
  void a_row_of_another_campaign_is_none_of_this_one(String name) {
    CheckedRow row = only(name + ";ana@customer.example\n");

    assertThat(row).isInstanceOf(CheckedRow.Refused.class);
    assertThat(codes(row)).containsExactly(Code.OTHER_CAMPAIGN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "soon", "1 000", "9999999999", "١"})
  void a_priority_that_is_no_whole_number_is_refused(String priority) {
    CheckedRow row = only(ANA + ";;;" + priority + "\n");

    assertThat(row).isInstanceOf(CheckedRow.Refused.class);
    assertThat(codes(row)).containsExactly(Code.INVALID_PRIORITY);
    assertThat(row.problems().get(0).reason()).contains("'" + priority + "'");
  }

  @Test
  @Tag("DL-4")
  void attachments_are_named_by_their_tokens() {
    ListRules rules = RULES.withAttachments(Set.of("offer-4f2a", "terms-91bc"));
    String list =
        HEADER + ANA + ";\"offer-4f2a, terms-91bc;offer-4f2a\"\n" + ANA + "; terms-91bc \n";

    List<CheckedRow> rows = rows(list, rules);

    assertThat(rows)
        .extracting(row -> ((CheckedRow.Good) row).value().attachments())
        .containsExactly(List.of("offer-4f2a", "terms-91bc"), List.of("terms-91bc"));
  }

  @Test
  @Tag("DL-4")
  void a_token_of_no_uploaded_file_is_refused() {
    String list = HEADER + ANA + ";offer-4f2a,offer-0000\n";

    CheckedRow row = rows(list, RULES.withAttachments(Set.of("offer-4f2a"))).get(0);

    assertThat(codes(row)).containsExactly(Code.UNKNOWN_ATTACHMENT);
    assertThat(row.problems().get(0).reason()).contains("'offer-0000'");
  }

  @Test
  void a_field_of_the_template_needs_a_value_unless_the_row_brings_its_message() {
    ListRules rules = RULES.withTemplateFields(Set.of("name", "order"));

    List<CheckedRow> rows =
        rows(
            HEADER
                + ANA
                + ";;\"name\":\"Ana\"\n"
                + ANA
                + "Hello;;\n"
                + ANA
                + ";;\"name\":\"Ana\",\"order\":\"\"\n",
            rules);

    assertThat(codes(rows.get(0))).containsExactly(Code.MISSING_VARIABLE);
    assertThat(rows.get(0).problems().get(0).reason()).isEqualTo("There is no value for 'order'");
    assertThat(rows.get(1)).isInstanceOf(CheckedRow.Good.class);
    assertThat(rows.get(2)).isInstanceOf(CheckedRow.Good.class);
  }

  @Test
  void a_field_of_the_subject_always_needs_a_value() {
    CheckedRow row = rows(HEADER + ANA + "Hello\n", RULES.withFields(Set.of("name"))).get(0);

    assertThat(codes(row)).containsExactly(Code.MISSING_VARIABLE);
  }

  @Test
  void a_field_of_the_own_message_needs_a_value_too() {
    ListRules rules = RULES.withGiven(Set.of("agent.name"));
    String list = HEADER + ANA + "Dear ${name} from ${agent.name}, 5 $ {off};;%s\n";

    assertThat(codes(rows(list.formatted(""), rules).get(0)))
        .containsExactly(Code.MISSING_VARIABLE);
    assertThat(rows(list.formatted("name = Ana"), rules).get(0))
        .isInstanceOf(CheckedRow.Good.class);
  }

  @Test
  @Tag("G-50")
  void a_message_that_gives_commands_is_refused() {
    CheckedRow row = only(ANA + "${>secret.txt}\n");

    assertThat(row).isInstanceOf(CheckedRow.Refused.class);
    assertThat(codes(row)).containsExactly(Code.UNREADABLE_MESSAGE);
  }

  @Test
  void a_name_written_otherwise_is_pointed_at() {
    ListRules rules = RULES.withTemplateFields(Set.of("name"));

    CheckedRow row = rows(HEADER + ANA + ";;\"Name\":\"Ana\"\n", rules).get(0);

    assertThat(row.problems().get(0).reason()).contains("'name' (it is written 'Name')");
  }

  @Test
  void variables_that_cannot_be_read_are_not_called_missing_as_well() {
    ListRules rules = RULES.withTemplateFields(Set.of("name"));

    CheckedRow row = rows(HEADER + ANA + ";;Ana\n", rules).get(0);

    assertThat(codes(row)).containsExactly(Code.UNREADABLE_VARIABLES);
  }

  @Test
  void a_separator_in_a_message_without_quotes_is_told_as_such() {
    CheckedRow row = only(ANA + "Hello; Ana;;;5;oops\n");

    assertThat(row).isInstanceOf(CheckedRow.Refused.class);
    assertThat(row.problems().get(0).code()).isEqualTo(Code.TOO_MANY_COLUMNS);
    assertThat(row.problems().get(0).column()).isEqualTo(7);
    assertThat(row.problems().get(0).reason()).contains("';' in quotes");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    CheckedRow row = only("Newsletter;nobody;;offer;Ana;soon\n");

    assertThat(codes(row))
        .containsExactly(
            Code.OTHER_CAMPAIGN,
            Code.INVALID_ADDRESS,
            Code.UNKNOWN_ATTACHMENT,
            Code.UNREADABLE_VARIABLES,
            Code.INVALID_PRIORITY);
    assertThat(row).isInstanceOf(CheckedRow.Refused.class);
  }

  @ParameterizedTest
  @Tag("G-32")
  @ValueSource(ints = {'\r', '\n', 0, 0x1B, 0x7F, 0x85, 0x2028, 0x2029, 0x760D, 0x760A})
  void an_address_that_could_end_a_line_makes_its_row_fail(int character) {
    String address = "\"ana" + (char) character + "Bcc: eve@evil.example@customer.example\"";

    CheckedRow row = only("SupportIntegra;" + address + "\n");

    assertThat(row).isInstanceOf(CheckedRow.Failed.class);
    assertThat(codes(row)).containsExactly(Code.FORBIDDEN_CHARACTER);
    assertThat(row.problems().get(0).column()).isEqualTo(2);
  }

  @ParameterizedTest
  @Tag("G-32")
  @ValueSource(ints = {'\r', '\n', 0, 0x1B, 0x7F, 0x85, 0x2028, 0x2029})
  void a_variable_that_could_end_a_header_makes_its_row_fail(int character) {
    for (String variables :
        List.of("\"name\":\"Ana%cBcc: eve@evil.example\"", "\"na%cme\":\"Ana\"")) {
      String cell = variables.formatted(character).replace("\"", "\"\"");

      CheckedRow row = only(ANA + ";;\"" + cell + "\"\n");

      assertThat(codes(row)).containsExactly(Code.FORBIDDEN_CHARACTER);
      assertThat(row)
          .isInstanceOfSatisfying(
              CheckedRow.Failed.class,
              failed ->
                  assertThat(failed.value().variables().toString())
                      .contains("\uFFFD")
                      .doesNotContain(String.valueOf((char) character)));
    }
  }

  @ParameterizedTest
  @Tag("G-32")
  @ValueSource(ints = {0, 0x1B, 0x7F, 0x85, 0x2028})
  void a_message_with_a_control_character_makes_its_row_fail(int character) {
    CheckedRow row = only(ANA + "Hello" + (char) character + "\n");

    assertThat(row).isInstanceOf(CheckedRow.Failed.class);
    assertThat(codes(row)).containsExactly(Code.FORBIDDEN_CHARACTER);
  }

  /** What a name may hold goes into headers encoded; only what ends a line is kept out. */
  @Test
  @Tag("G-32")
  void names_of_any_script_are_good() {
    ListRow row = theGood(HEADER + ANA + ";;\"name\":\"\u760D\u760A 李\"\n");

    assertThat(row.variables()).isEqualTo(Map.of("name", "\u760D\u760A 李"));
  }

  @Test
  void a_failed_row_keeps_no_more_of_its_address_than_an_address_has() {
    CheckedRow row = only("SupportIntegra;" + "a".repeat(900_000) + "\n");

    assertThat(((CheckedRow.Failed) row).value().address()).hasSize(320);
  }

  @Test
  @Tag("G-34")
  void rows_and_problems_speak_of_nobody() {
    List<CheckedRow> rows =
        rows(
            HEADER
                + "SupportIntegra;ana@customer.example@;Dear Ana;;\"name\":\"Ana\nSilva\"\n"
                + "SupportIntegra;ana@customer.example;Dear Ana;;\"name\":\"Ana\"\n");

    assertThat(rows.toString()).doesNotContain("ana@").doesNotContain("Ana");
  }

  @Test
  void codes_are_names_for_ever() {
    assertThat(Arrays.stream(Code.values()).map(Code::code))
        .containsExactly(
            "empty-list",
            "missing-column",
            "unknown-column",
            "repeated-column",
            "row-too-long",
            "too-many-columns",
            "unclosed-quote",
            "text-after-quote",
            "broken-encoding",
            "other-campaign",
            "missing-address",
            "invalid-address",
            "forbidden-character",
            "unreadable-message",
            "unknown-attachment",
            "unreadable-variables",
            "repeated-variable",
            "missing-variable",
            "invalid-priority");
  }

  private static CheckedRow only(String row) {
    List<CheckedRow> rows = rows(HEADER + row);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static List<Code> codes(CheckedRow row) {
    return row.problems().stream().map(RowProblem::code).toList();
  }
}
