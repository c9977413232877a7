package io.engage.dialer.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.signing.LinkPurpose;
import io.engage.core.signing.LinkVerdict;
import io.engage.core.signing.SignedLinks;
import io.engage.core.signing.SigningKeys;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import io.engage.model.inbox.Secret;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-11")
class RecipientTokensTest {
  private static final Secret KEY = Secret.of("a key that nobody guesses");
  private static final Secret OTHER = Secret.of("another key that nobody guesses");
  private static final RecipientId ANA = RecipientId.of(ListId.of("spring-2026"), 17);
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final RecipientTokens tokens = new RecipientTokens(SigningKeys.of(KEY));

  @Test
  void a_message_id_names_its_recipient_and_is_the_same_each_time() {
    String id = tokens.messageId(ANA, "shop.example").bracketed();

    assertThat(tokens.find("In-Reply-To: " + id.toUpperCase(Locale.ROOT))).contains(ANA);
    assertThat(tokens.messageId(ANA, "shop.example").bracketed()).isEqualTo(id);
    assertThat(id).isEqualTo(id.toLowerCase(Locale.ROOT));
  }

  @Test
  void every_row_of_many_is_found_again() {
    Random random = new Random(42);
    IntStream.range(0, 2_000)
        .mapToObj(i -> RecipientId.of(ListId.of("l" + i), 1 + random.nextInt(Integer.MAX_VALUE)))
        .forEach(each -> assertThat(tokens.find(tokens.sign(each))).contains(each));
  }

  @Test
  @Tag("G-20")
  void an_edited_cut_or_foreign_token_names_nobody() {
    String token = tokens.sign(ANA);

    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'x' ? 'y' : 'x';
      String edited = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.find(edited)).isEmpty();
    }
    assertThat(tokens.find(token.substring(0, token.length() - 1))).isEmpty();
    assertThat(new RecipientTokens(SigningKeys.of(OTHER)).find(token)).isEmpty();
    assertThat(tokens.find("d1.a.1." + "z".repeat(25))).isEmpty();
  }

  @Test
  void a_key_that_was_replaced_still_verifies() {
    String token = tokens.sign(ANA);

    assertThat(new RecipientTokens(SigningKeys.of(OTHER, KEY)).find(token)).contains(ANA);
  }

  @Test
  @Tag("DL-12")
  @Tag("G-52")
  void what_one_key_has_signed_can_be_signed_again_when_another_one_is_the_first() {
    String signer = SigningKeys.of(KEY).current();
    RecipientTokens rotated = new RecipientTokens(SigningKeys.of(OTHER, KEY));

    assertThat(rotated.sign(ANA, signer))
        .isEqualTo(tokens.sign(ANA))
        .isNotEqualTo(rotated.sign(ANA));
    assertThat(rotated.has(signer)).isTrue();
    assertThat(new RecipientTokens(SigningKeys.of(OTHER)).has(signer)).isFalse();
    assertThat(new RecipientTokens(SigningKeys.of(OTHER)).sign(ANA, signer))
        .isEqualTo(rotated.sign(ANA));
  }

  @Test
  void reports_come_back_to_an_address_that_names_the_recipient_where_it_fits() {
    EmailAddress shop = EmailAddress.of("shop@shop.example");

    EmailAddress back = tokens.returnAddress(shop, ANA).orElseThrow();

    assertThat(back.domain()).isEqualTo("shop.example");
    assertThat(back.localPart()).startsWith("shop+").hasSizeLessThanOrEqualTo(64);
    assertThat(tokens.find(back.value())).contains(ANA);
    assertThat(tokens.returnAddress(EmailAddress.of("a+b@shop.example"), ANA)).isEmpty();
    assertThat(tokens.returnAddress(shop, RecipientId.of(ListId.of("l".repeat(40)), 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000-0000-0000-0000-000000000001",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "ffffffff-ffff-ffff-ffff-ffffffffffff"
      })
  void a_list_with_a_long_id_has_return_addresses_too(String id) {
    EmailAddress shop = EmailAddress.of("workshop@shop.example");
    RecipientId millionth = RecipientId.of(ListId.of(id), 1_000_000);

    String back = tokens.returnAddress(shop, millionth).orElseThrow().value();

    assertThat(back.indexOf('@')).isLessThanOrEqualTo(64);
    assertThat(tokens.find(back.toUpperCase(Locale.ROOT))).contains(millionth);
    assertThat(new RecipientTokens(SigningKeys.of(OTHER, KEY)).find(back)).contains(millionth);
    assertThat(new RecipientTokens(SigningKeys.of(OTHER)).find(back)).isEmpty();
    assertThat(tokens.find(back.replace(".lfls.", ".lflt."))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d2.zzzzzzzzzzzzzzzzzzzzzzzzz.1.0000000000000000",
        "d2.1.zzzzzzzzzzz.0000000000000000",
        "d2.1.1.zzzzzzzzzzzzzzzz",
        "d2..1.0000000000000000"
      })
  void what_looks_like_a_short_token_and_is_none_names_nobody(String text) {
    assertThat(tokens.find(text)).isEmpty();
  }

  @Test
  @Tag("DL-8")
  void a_link_is_good_for_its_purpose_and_its_time_only() {
    SignedLinks signed = new SignedLinks(SigningKeys.of(KEY), "");
    RecipientLinks links = new RecipientLinks(signed);

    String token = links.sign(LinkPurpose.UNSUBSCRIBE, ANA, NOON);

    assertThat(signed.decide(LinkPurpose.UNSUBSCRIBE, token, NOON))
        .isEqualTo(new LinkVerdict.Genuine(ANA.toString()));
    assertThat(links.sign(LinkPurpose.UNSUBSCRIBE, ANA, NOON.plusSeconds(600))).isEqualTo(token);
    assertThat(signed.decide(LinkPurpose.SEEN, token, NOON)).isEqualTo(new LinkVerdict.Forged());
    assertThat(signed.decide(LinkPurpose.UNSUBSCRIBE, token, NOON.plus(RecipientLinks.HOLD)))
        .isEqualTo(new LinkVerdict.Expired());
  }
}
