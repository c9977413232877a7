package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.spi.Recipients;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleRecipients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A list of which a great many are due at the same moment. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("DL-12")
class RecipientPortionsTest {
  private static final ListId BUYERS = SampleRecipients.BUYERS;
  private static final Instant NOON = Sample.MONDAY;
  private static final int BLOCKS = 2 * RecipientBlocks.AWAKENED_AT_ONCE + 1;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void they_are_put_in_turn_in_portions_and_the_most_urgent_is_still_the_first(Dialect dialect) {
    CountingDatabase database = new CountingDatabase(Databases.of(dialect));
    Recipients recipients = JpaStorage.over(database.connections()).build().recipients();
    recipients.add(oneInEachBlock());
    List<RecipientClaim> claims = new ArrayList<>();

    List<String> executed =
        database.during(
            () -> claims.addAll(recipients.claim(List.of(BUYERS), 1, NOON, NOON.plusSeconds(60))));

    assertThat(claims)
        .singleElement()
        .satisfies(claim -> assertThat(claim.recipient().id().row()).isEqualTo(last()));
    assertThat(executed).filteredOn(sql -> sql.contains("set ready = true")).hasSize(3);
  }

  private static List<Recipient> oneInEachBlock() {
    List<Recipient> all = new ArrayList<>();
    IntStream.range(0, BLOCKS - 1)
        .forEach(i -> all.add(SampleRecipients.recipient(BUYERS, i * 256L + 1)));
    all.add(SampleRecipients.urgent(BUYERS, last(), -1));
    return all;
  }

  private static long last() {
    return (BLOCKS - 1) * 256L + 1;
  }
}
