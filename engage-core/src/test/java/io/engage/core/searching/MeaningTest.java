package io.engage.core.searching;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("WK-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class MeaningTest {
  private static final Names NAMES =
      new Names(
          AgentId.of("sam"),
          ZoneId.of("Europe/Rome"),
          Instant.parse("2026-03-29T12:00:00Z"),
          Map.of("shop", Set.of(InboxId.of("sales"))),
          Map.of("ana", Set.of(CustomerId.of("c1"), CustomerId.of("c2"))),
          Map.of("rossi", Set.of(AgentId.of("u-17"))),
          Map.of("spring", Set.of(CampaignId.of("c-1"), CampaignId.of("c-2"))));

  @ParameterizedTest
  @CsvSource({
    "received:2026,        2025-12-31T23:00:00Z, 2026-12-31T23:00:00Z",
    "received:2026-02,     2026-01-31T23:00:00Z, 2026-02-28T23:00:00Z",
    "received:2026-03-29,  2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "received:today,       2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "received:yesterday,   2026-03-27T23:00:00Z, 2026-03-28T23:00:00Z",
    "received:2026-03-29T10:15, 2026-03-29T08:15:00Z, 2026-03-29T08:16:00Z",
  })
  void a_date_is_the_whole_period_where_the_agent_is(String typed, Instant start, Instant end) {
    assertThat(meaning(typed))
        .isEqualTo(
            new Criterion.All(
                List.of(
                    new Criterion.Since(TimeColumn.NEWEST, start),
                    new Criterion.Before(TimeColumn.NEWEST, end))));
  }

  @Test
  void later_than_a_day_begins_when_the_day_is_over() {
    assertThat(meaning("opened>2026-03-28"))
        .isEqualTo(new Criterion.Since(TimeColumn.OPENED, Instant.parse("2026-03-28T23:00:00Z")));
    assertThat(meaning("opened<=2026-03-28"))
        .isEqualTo(new Criterion.Before(TimeColumn.OPENED, Instant.parse("2026-03-28T23:00:00Z")));
  }

  @Test
  @Tag("WK-12")
  void a_word_is_looked_for_among_addresses_subjects_inboxes_and_customers() {
    assertThat(meaning("ana"))
        .isEqualTo(
            new Criterion.Any(
                List.of(
                    new Criterion.Contains(Criterion.TextColumn.FROM, "ana"),
                    new Criterion.Contains(Criterion.TextColumn.SUBJECT, "ana"),
                    new Criterion.Contains(Criterion.TextColumn.PREVIEW, "ana"),
                    new Criterion.Tagged("ana"),
                    new Criterion.InInboxes(Set.of()),
                    new Criterion.WithCustomers(
                        Set.of(CustomerId.of("c1"), CustomerId.of("c2"))))));
  }

  @Test
  void my_own_are_those_of_whoever_asks() {
    assertThat(meaning("agent:me")).isEqualTo(new Criterion.AssignedTo(AgentId.of("sam")));
    assertThat(meaning("agent:joe")).isEqualTo(new Criterion.AssignedTo(AgentId.of("joe")));
  }

  @Test
  void an_agent_is_meant_by_id_or_name_behind_the_column_and_by_name_anywhere() {
    Criterion clara = new Criterion.AssignedTo(AgentId.of("u-17"));

    assertThat(meaning("agent:rossi"))
        .isEqualTo(
            new Criterion.Any(List.of(new Criterion.AssignedTo(AgentId.of("rossi")), clara)));
    assertThat(((Criterion.Any) meaning("rossi")).of())
        .contains(clara)
        .doesNotContain(new Criterion.AssignedTo(AgentId.of("rossi")));
  }

  @Test
  @Tag("DI-7")
  void who_had_it_once_is_meant_by_id_or_name_behind_a_column_of_its_own() {
    assertThat(meaning("handled:me")).isEqualTo(new Criterion.HandledBy(AgentId.of("sam")));
    assertThat(meaning("handled:rossi"))
        .isEqualTo(
            new Criterion.Any(
                List.of(
                    new Criterion.HandledBy(AgentId.of("rossi")),
                    new Criterion.HandledBy(AgentId.of("u-17")))));
    assertThat(new Meaning().agentWords(read("handled:(me OR rossi)"))).containsExactly("rossi");
  }

  @Test
  @Tag("DL-13")
  void a_campaign_is_meant_behind_its_column_alone() {
    Criterion answers =
        new Criterion.ToCampaigns(Set.of(CampaignId.of("c-1"), CampaignId.of("c-2")));

    assertThat(meaning("campaign:spring")).isEqualTo(answers);
    assertThat(((Criterion.Any) meaning("spring")).of()).doesNotContain(answers);
    assertThat(new Meaning().campaignWords(read("campaign:spring bob"))).containsExactly("spring");
  }

  @Test
  void nobody_is_looked_up_for_oneself() {
    assertThat(new Meaning().agentWords(read("agent:(ME OR rossi) bob")))
        .containsExactly("rossi", "bob");
  }

  @Test
  void the_words_to_look_up_are_those_of_the_column_and_those_of_any() {
    Expression expression = read("inbox:shop (customer:ana OR -tag:vip) bob");

    assertThat(new Meaning().inboxWords(expression)).containsExactly("shop", "bob");
    assertThat(new Meaning().customerWords(expression)).containsExactly("ana", "bob");
  }

  private static Criterion meaning(String typed) {
    return new Meaning().decide(read(typed), NAMES);
  }

  private static Expression read(String typed) {
    return ((Understanding.Understood) new FilterLanguage().decide(typed)).expression();
  }
}
