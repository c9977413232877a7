package io.engage.core.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.engage.model.inbox.Secret;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WK-15")
@Tag("DL-8")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignedLinksTest {
  private static final Secret KEY = Secret.of("a key that nobody guesses");
  private static final Secret OLD_KEY = Secret.of("the key of the year before");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final LinkVerdict FORGED = new LinkVerdict.Forged();

  private final SignedLinks links = links(KEY);
  private final String token = links.sign(LinkPurpose.RATING, "message-1/ü", LATER);

  @Test
  void what_we_signed_comes_back_whole() {
    assertThat(links.decide(LinkPurpose.RATING, token, NOW))
        .isEqualTo(new LinkVerdict.Genuine("message-1/ü"));
    assertThat(links.decide(LinkPurpose.RATING, token, LATER))
        .isEqualTo(new LinkVerdict.Genuine("message-1/ü"));
  }

  @Test
  void after_its_time_it_is_expired() {
    assertThat(links.decide(LinkPurpose.RATING, token, LATER.plusSeconds(1)))
        .isEqualTo(new LinkVerdict.Expired());
  }

  @Test
  void it_is_worth_nothing_for_another_purpose_or_tenant_or_key() {
    assertThat(links.decide(LinkPurpose.UNSUBSCRIBE, token, NOW)).isEqualTo(FORGED);
    assertThat(links.decide(LinkPurpose.SEEN, token, NOW)).isEqualTo(FORGED);
    assertThat(
            new SignedLinks(new SigningKeys(List.of(KEY)), "other")
                .decide(LinkPurpose.RATING, token, NOW))
        .isEqualTo(FORGED);
    assertThat(links(OLD_KEY).decide(LinkPurpose.RATING, token, NOW)).isEqualTo(FORGED);
  }

  @Test
  void keys_can_be_replaced_while_old_links_are_about() {
    String old = links(OLD_KEY).sign(LinkPurpose.RATING, "m", LATER);

    assertThat(links(KEY, OLD_KEY).decide(LinkPurpose.RATING, old, NOW))
        .isEqualTo(new LinkVerdict.Genuine("m"));
    assertThat(links(KEY, OLD_KEY).sign(LinkPurpose.RATING, "m", LATER)).isNotEqualTo(old);
  }

  @Test
  void no_bit_of_it_can_be_flipped() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);

    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] edited = bytes.clone();
      edited[bit / 8] ^= (byte) (1 << (bit % 8));
      String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(edited);

      assertThat(links.decide(LinkPurpose.RATING, forged, NOW)).as("bit %d", bit).isEqualTo(FORGED);
    }
  }

  @Test
  void no_part_of_it_can_be_cut_or_added() {
    for (int length = 0; length < token.length(); length++) {
      assertThat(links.decide(LinkPurpose.RATING, token.substring(0, length), NOW))
          .isEqualTo(FORGED);
    }
    assertThat(links.decide(LinkPurpose.RATING, token + "A", NOW)).isEqualTo(FORGED);
    assertThat(links.decide(LinkPurpose.RATING, token + "=", NOW)).isEqualTo(FORGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AQ", "not base64!", "../../etc/passwd", "\u0000", "ÄÖÜ"})
  void anything_else_is_forged(String anything) {
    assertThat(links.decide(LinkPurpose.RATING, anything, NOW)).isEqualTo(FORGED);
  }

  @Test
  void what_is_too_long_for_a_link_is_refused_before_it_is_sent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> links.sign(LinkPurpose.RATING, "x".repeat(401), LATER))
        .withMessageContaining("at most 400 bytes");
  }

  private static SignedLinks links(Secret... keys) {
    return new SignedLinks(new SigningKeys(List.of(keys)), "");
  }
}
