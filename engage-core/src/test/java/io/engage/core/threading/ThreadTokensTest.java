package io.engage.core.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.Shop;
import io.engage.core.signing.SigningKeys;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Secret;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-20")
class ThreadTokensTest {
  private static final ConversationId BIKE = ConversationId.of("8a7b-bike");

  private final ThreadTokens tokens = new ThreadTokens(SigningKeys.of(Shop.KEY));
  private final String token = tokens.sign(BIKE, "n1", "shop.example").value();

  @Test
  void a_signed_message_id_names_its_conversation() {
    assertThat(tokens.find(token)).contains(BIKE);
  }

  @Test
  void it_is_found_within_what_servers_make_of_it() {
    assertThat(tokens.find("<" + token.toUpperCase(Locale.ROOT) + ">")).contains(BIKE);
    assertThat(tokens.find("hello+" + token.substring(0, token.indexOf('@')))).contains(BIKE);
  }

  @Test
  void no_changed_character_goes_unnoticed() {
    int end = token.indexOf('@');
    for (int i = 0; i < end; i++) {
      char other = token.charAt(i) == 'a' ? 'b' : 'a';
      String edited = token.substring(0, i) + other + token.substring(i + 1);

      assertThat(tokens.find(edited)).as("changed at %d", i).isEmpty();
    }
  }

  @Test
  void a_cut_token_joins_nothing() {
    int end = token.indexOf('@');
    for (int i = 1; i < end; i++) {
      assertThat(tokens.find(token.substring(0, i))).as("cut at %d", i).isEmpty();
    }
  }

  @Test
  void a_token_of_another_host_joins_nothing() {
    ThreadTokens foreign = new ThreadTokens(SigningKeys.of(Secret.of("another host's own key")));

    assertThat(tokens.find(foreign.sign(BIKE, "n1", "shop.example").value())).isEmpty();
  }

  @Test
  void tokens_of_an_earlier_key_still_count_and_the_newest_key_signs() {
    ThreadTokens rotated =
        new ThreadTokens(SigningKeys.of(Secret.of("the new key of the shop"), Shop.KEY));

    assertThat(rotated.find(token)).contains(BIKE);
    assertThat(tokens.find(rotated.sign(BIKE, "n1", "shop.example").value())).isEmpty();
  }

  @Test
  void without_a_key_there_are_no_tokens() {
    assertThatThrownBy(() -> new ThreadTokens(SigningKeys.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one key");
  }
}
