package io.engage.core.deduplicating;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeduplicatingTest {
  private static final List<Inbox> OTHERS =
      List.of(Inbox.of("outlet", "Outlet", "hi@outlet.example", AccountId.of("outlet-mail")));

  private final Deduplicating deduplicating = new Deduplicating();
  private final Message question =
      Shop.message(
          "m1",
          Shop.conversation("bike", Shop.workshop(), ANA),
          from(ANA).to(Shop.workshop()).headers());

  @Test
  void what_an_inbox_of_the_account_has_is_known() {
    assertThat(
            deduplicating.decide(
                List.of(Shop.shop(), Shop.workshop()), Set.of(), List.of(question)))
        .containsExactly(question);
  }

  @Test
  void what_only_another_account_has_is_new_here() {
    assertThat(deduplicating.decide(OTHERS, Set.of(), List.of(question))).isEmpty();
  }

  @Test
  @Tag("WK-1")
  void what_went_to_an_inbox_of_another_account_is_known_where_it_came_from() {
    Message transferred = question.in(InboxId.of("outlet"));

    assertThat(deduplicating.decide(List.of(Shop.workshop()), Set.of(), List.of(transferred)))
        .containsExactly(transferred);
  }

  @Test
  @Tag("WK-1")
  void what_came_from_here_is_known_though_it_has_left_the_server_since() {
    Message moved = question.in(InboxId.of("outlet"));
    Message gone = moved.withState(moved.state().withOnServer(null));

    assertThat(deduplicating.decide(List.of(Shop.workshop()), Set.of(gone.id()), List.of(gone)))
        .containsExactly(gone);
    assertThat(deduplicating.decide(List.of(Shop.workshop()), Set.of(), List.of(gone))).isEmpty();
  }
}
