package io.engage.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Completion;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FindingTest {
  private static final Set<InboxId> WORKSHOP = Set.of(Shop.workshop().id());
  private static final Criterion NO_SIDE_THREAD =
      new Criterion.Not(new Criterion.Is(Criterion.Claim.SIDE_THREAD));

  @Test
  void without_any_wish_all_are_found_finished_and_running_newest_first() {
    ConversationFilter filter = Finding.decide(RecordingSearch.all(), WORKSHOP);

    assertThat(filter)
        .isEqualTo(
            ConversationFilter.all()
                .inInboxes(WORKSHOP)
                .matching(new Criterion.All(List.of(NO_SIDE_THREAD))));
    assertThat(filter.completion()).isEqualTo(Completion.BOTH);
    assertThat(filter.order()).isEqualTo(Order.NEWEST_FIRST);
  }

  @Test
  void every_field_of_the_form_has_to_hold() {
    RecordingSearch search =
        RecordingSearch.all()
            .with(" ana@ ")
            .about("bike")
            .by(Shop.DIRK.id(), Shop.CLARA.id())
            .finished();

    ConversationFilter filter = Finding.decide(search, WORKSHOP);

    assertThat(filter.completion()).isEqualTo(Completion.COMPLETED);
    assertThat(filter.criterion())
        .isEqualTo(
            new Criterion.All(
                List.of(
                    NO_SIDE_THREAD,
                    new Criterion.Contains(TextColumn.FROM, "ana@"),
                    new Criterion.Contains(TextColumn.SUBJECT, "bike"),
                    new Criterion.Any(
                        List.of(
                            new Criterion.HandledBy(Shop.CLARA.id()),
                            new Criterion.HandledBy(Shop.DIRK.id()))))));
  }

  @Test
  void days_begin_and_end_where_they_are_meant_also_when_the_clock_is_changed() {
    ZoneId lisbon = ZoneId.of("Europe/Lisbon");
    LocalDate shortDay = LocalDate.of(2026, 3, 29);

    ConversationFilter filter =
        Finding.decide(RecordingSearch.all().days(shortDay, shortDay, lisbon), WORKSHOP);

    assertThat(filter.from()).isEqualTo(Instant.parse("2026-03-29T00:00:00Z"));
    assertThat(filter.until()).isEqualTo(Instant.parse("2026-03-29T23:00:00Z"));
  }

  @Test
  void what_was_led_in_a_time_begins_before_its_end_and_has_messages_since_its_beginning() {
    Instant evening = Shop.MORNING.plusSeconds(36_000);

    ConversationFilter filter =
        Finding.decide(RecordingSearch.all().between(Shop.MORNING, evening).whatWasLed(), WORKSHOP);

    assertThat(filter.from()).isEqualTo(Shop.MORNING);
    assertThat(filter.until()).isNull();
    assertThat(filter.criterion())
        .isEqualTo(
            new Criterion.All(
                List.of(NO_SIDE_THREAD, new Criterion.Before(TimeColumn.OPENED, evening))));
    assertThat(filter.order()).isEqualTo(Order.OLDEST_FIRST);
  }

  @Test
  void an_export_goes_forward_and_ends_with_what_was_there() {
    ConversationFilter filter =
        Finding.decide(RecordingSearch.all().running(), WORKSHOP, Shop.MORNING);

    assertThat(filter.order()).isEqualTo(Order.OLDEST_FIRST);
    assertThat(filter.completion()).isEqualTo(Completion.OPEN);
    assertThat(filter.criterion())
        .isEqualTo(
            new Criterion.All(
                List.of(
                    NO_SIDE_THREAD,
                    new Criterion.Before(TimeColumn.OPENED, Shop.MORNING.plusNanos(1000)))));
  }

  @Test
  void what_somebody_looks_for_stands_in_no_log() {
    RecordingSearch search = RecordingSearch.all().with("ana@customer.example").about("divorce");

    assertThat(search.toString()).doesNotContain("ana", "divorce");
  }
}
