package io.engage.core.searching;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Claim;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-6")
@Tag("WK-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SideThreadsTest {
  private static final Criterion SIDE = new Criterion.Is(Claim.SIDE_THREAD);
  private static final Criterion VIP = new Criterion.Tagged("vip");

  private final SideThreads sideThreads = new SideThreads();

  @Test
  void an_ordinary_list_has_none() {
    assertThat(sideThreads.decide(ConversationFilter.open()).criterion())
        .isEqualTo(new Criterion.Not(SIDE));
    assertThat(sideThreads.decide(ConversationFilter.open().matching(VIP)).criterion())
        .isEqualTo(new Criterion.All(List.of(VIP, new Criterion.Not(SIDE))));
  }

  @Test
  void a_list_that_speaks_of_them_is_taken_at_its_word() {
    for (Criterion speaking :
        List.of(
            SIDE,
            new Criterion.Not(SIDE),
            new Criterion.Besides(ConversationId.of("bike")),
            new Criterion.Any(List.of(VIP, SIDE)),
            new Criterion.All(List.of(VIP, new Criterion.Not(SIDE))))) {
      ConversationFilter filter = ConversationFilter.open().matching(speaking);

      assertThat(sideThreads.decide(filter)).isEqualTo(filter);
    }
  }
}
