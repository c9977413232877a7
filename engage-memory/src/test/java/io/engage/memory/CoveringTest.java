package io.engage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Claim;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CoveringTest {
  private static final Criterion VIP = new Criterion.Tagged("vip");
  private static final Criterion REPAIR = new Criterion.Tagged("repair");
  private static final Criterion COMPLETED = new Criterion.Is(Claim.COMPLETED);
  private static final Criterion RING =
      new Criterion.Contains(Criterion.TextColumn.SUBJECT, "ring");

  @Test
  void what_has_to_be_so_in_any_case_is_a_way_of_its_own() {
    assertThat(ways(new Criterion.All(List.of(RING, VIP)))).contains(List.of(open("vip")));
    assertThat(ways(new Criterion.Besides(ConversationId.of("bike"))))
        .contains(List.of(new Facet(false, new Facet.Beside(ConversationId.of("bike")))));
    assertThat(ways(new Criterion.HandledBy(AgentId.of("clara"))))
        .contains(List.of(new Facet(false, new Facet.Handler(AgentId.of("clara")))));
    assertThat(ways(new Criterion.InInboxes(Set.of(InboxId.of("shop")))))
        .contains(List.of(new Facet(false, InboxId.of("shop"))));
    assertThat(ways(new Criterion.Not(new Criterion.Is(Claim.LINKED))))
        .contains(List.of(new Facet(false, Facet.Plain.UNLINKED)));
  }

  @Test
  void alternatives_are_a_way_together_when_each_of_them_is_one() {
    assertThat(ways(new Criterion.Any(List.of(VIP, REPAIR, VIP))))
        .contains(List.of(open("vip"), open("repair")));
    assertThat(ways(new Criterion.Any(List.of(VIP, RING)))).hasSize(1);
    assertThat(ways(new Criterion.Any(List.of()))).contains(List.of());
  }

  @Test
  void what_has_no_list_or_is_excluded_is_no_way() {
    assertThat(ways(RING)).hasSize(1);
    assertThat(ways(new Criterion.Not(VIP))).hasSize(1);
  }

  @Test
  void completed_ones_are_walked_only_when_they_can_be_wanted() {
    ConversationFilter both = ConversationFilter.all();

    assertThat(new Covering(both).ways().get(0)).hasSize(2);
    assertThat(new Covering(both.matching(COMPLETED)).ways().get(0))
        .containsExactly(new Facet(true, Facet.Plain.ANY));
    assertThat(new Covering(both.matching(new Criterion.Not(COMPLETED))).ways().get(0))
        .containsExactly(new Facet(false, Facet.Plain.ANY));
    assertThat(
            new Covering(both.matching(new Criterion.Any(List.of(COMPLETED, VIP)))).ways().get(0))
        .hasSize(2);
  }

  @Test
  void a_span_is_the_narrowest_of_all_that_are_asked_for() {
    Instant noon = Instant.parse("2026-03-02T12:00:00Z");
    Criterion.TimeColumn newest = Criterion.TimeColumn.NEWEST;
    Covering covering =
        new Covering(
            ConversationFilter.all()
                .between(noon, noon.plusSeconds(60))
                .matching(
                    new Criterion.All(
                        List.of(
                            new Criterion.Since(newest, noon.plusSeconds(9)),
                            new Criterion.Before(newest, noon.plusSeconds(90)),
                            new Criterion.Since(
                                Criterion.TimeColumn.OPENED, noon.plusSeconds(50))))));

    assertThat(covering.from()).isEqualTo(noon.plusSeconds(9));
    assertThat(covering.until()).isEqualTo(noon.plusSeconds(60));
  }

  private static List<List<Facet>> ways(Criterion criterion) {
    return new Covering(ConversationFilter.open().matching(criterion)).ways();
  }

  private static Facet open(String tag) {
    return new Facet(false, new Facet.Tag(tag));
  }
}
