package io.engage.core.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.conversation.Page;
import io.engage.model.message.MessageId;
import io.engage.model.message.Rating;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-15")
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewestRatingsTest {

  @Test
  void pages_hold_each_rating_once_newest_first_in_whatever_order_they_are_read() {
    List<Rating> ratings = new ArrayList<>(IntStream.range(0, 100).mapToObj(this::rating).toList());
    Collections.shuffle(ratings, new Random(20_260_302));

    List<Rating> listed = new ArrayList<>();
    Page.Request wanted = Page.Request.first(7);
    Page<Rating> page = page(ratings, wanted);
    listed.addAll(page.items());
    while (page.findNext().isPresent()) {
      page = page(ratings, wanted.after(page.findNext().get()));
      listed.addAll(page.items());
    }

    assertThat(listed).doesNotHaveDuplicates().hasSize(100);
    assertThat(listed).extracting(Rating::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void a_period_lies_in_the_months_of_utc_that_it_touches_the_newest_first() {
    Instant from = Instant.parse("2025-12-31T23:59:59.999Z");

    assertThat(Months.decide(from, Instant.parse("2026-02-01T00:00:00Z")))
        .containsExactly(YearMonth.of(2026, 2), YearMonth.of(2026, 1), YearMonth.of(2025, 12));
    assertThat(Months.decide(from, from)).containsExactly(YearMonth.of(2025, 12));
    assertThat(Months.decide(from, Instant.parse("2025-11-01T00:00:00Z"))).isEmpty();
  }

  private static Page<Rating> page(List<Rating> ratings, Page.Request wanted) {
    NewestRatings newest = new NewestRatings(wanted);
    ratings.forEach(newest::add);
    return newest.page();
  }

  /** Several at the same moment. */
  private Rating rating(int i) {
    return new Rating(
        MessageId.of("m" + i),
        Shop.workshop().id(),
        null,
        1 + i % 5,
        Shop.MORNING.plusSeconds(i / 3),
        1);
  }
}
