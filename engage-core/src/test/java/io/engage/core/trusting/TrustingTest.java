package io.engage.core.trusting;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.from;
import static io.engage.model.message.TrustLevel.CLAIMED;
import static io.engage.model.message.TrustLevel.SUSPICIOUS;
import static io.engage.model.message.TrustLevel.TOKEN;
import static io.engage.model.message.TrustLevel.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.message.TrustLevel;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-22")
class TrustingTest {
  private static final String FIELD = "Authentication-Results";

  private final Trusting trusting = new Trusting(Set.of("MX.shop.example"));

  @Test
  void our_own_server_s_dmarc_pass_verifies_the_sender() {
    assertThat(
            level(
                from(ANA)
                    .with(
                        FIELD,
                        "mx.shop.example 1; dmarc=pass (p=none) header.from=customer.example")))
        .isEqualTo(VERIFIED);
  }

  @Test
  void an_aligned_dkim_signature_verifies_the_sender_too() {
    assertThat(
            level(
                from(ANA)
                    .with(FIELD, "mx.shop.example; spf=fail; dkim=pass header.d=customer.example")))
        .isEqualTo(VERIFIED);
  }

  @Test
  void a_signature_of_another_domain_verifies_nobody() {
    assertThat(level(from(ANA).with(FIELD, "mx.shop.example; dkim=pass header.d=evil.example")))
        .isEqualTo(CLAIMED);
    assertThat(level(from(ANA).with(FIELD, "mx.shop.example; dkim=pass header.d=example")))
        .isEqualTo(CLAIMED);
  }

  @Test
  void our_own_server_s_dmarc_fail_makes_it_suspicious() {
    assertThat(
            level(
                from(ANA).with(FIELD, "mx.shop.example; dmarc=fail header.from=customer.example")))
        .isEqualTo(SUSPICIOUS);
  }

  @Test
  void results_of_any_other_server_count_for_nothing() {
    assertThat(
            level(
                from(ANA).with(FIELD, "mx.evil.example; dmarc=pass header.from=customer.example")))
        .isEqualTo(CLAIMED);
  }

  @Test
  void a_forged_field_below_our_own_counts_for_nothing() {
    assertThat(
            level(
                from(ANA)
                    .with(FIELD, "mx.shop.example; dmarc=fail header.from=customer.example")
                    .with(FIELD, "mx.shop.example; dmarc=pass header.from=customer.example")))
        .isEqualTo(SUSPICIOUS);
  }

  @Test
  void a_pass_within_a_comment_is_no_pass() {
    assertThat(
            level(
                from(ANA)
                    .with(
                        FIELD,
                        "mx.shop.example; spf=none (dmarc=pass header.from=customer.example)")))
        .isEqualTo(CLAIMED);
  }

  @Test
  void two_from_fields_are_suspicious() {
    assertThat(level(from(ANA).with("From", "mallory@evil.example"))).isEqualTo(SUSPICIOUS);
  }

  @Test
  void a_token_speaks_for_the_thread_and_is_less_than_a_verified_sender() {
    assertThat(trusting.decide(from(ANA).parsed(), true).level()).isEqualTo(TOKEN);
    assertThat(
            trusting
                .decide(
                    from(ANA).with(FIELD, "mx.shop.example; dmarc=fail header.from=x").parsed(),
                    true)
                .level())
        .isEqualTo(SUSPICIOUS);
  }

  @Test
  void without_a_server_of_our_own_nobody_is_verified() {
    Trusting nobody = new Trusting(Set.of());

    assertThat(
            nobody
                .decide(
                    from(ANA)
                        .with(FIELD, "mx.shop.example; dmarc=pass header.from=customer.example")
                        .parsed(),
                    false)
                .level())
        .isEqualTo(CLAIMED);
  }

  private TrustLevel level(Shop.Mail mail) {
    return trusting.decide(mail.parsed(), false).level();
  }
}
