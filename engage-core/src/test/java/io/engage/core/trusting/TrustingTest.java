package io.engage.core.trusting;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.from;
import static io.engage.model.message.TrustLevel.CLAIMED;
import static io.engage.model.message.TrustLevel.SUSPICIOUS;
import static io.engage.model.message.TrustLevel.TOKEN;
import static io.engage.model.message.TrustLevel.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.engage.core.Shop;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.TrustLevel;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spf=pass smtp.mailfrom=\"x; dmarc=pass header.from=customer.example \"@evil.example;"
            + " dmarc=fail header.from=customer.example",
        "spf=pass (mx: domain of \"x) ; dmarc=pass header.from=customer.example (\"@evil.example"
            + " designates 192.0.2.1) smtp.mailfrom=evil.example; dmarc=fail header.from=x",
        "dmarc=pass header.from=customer.example; dmarc=fail header.from=customer.example",
        "dkim=pass header.d=customer.example; dmarc=fail header.from=customer.example",
        "dmarc (a (nested) comment) / 1 = (p=none) fail(p=reject) header.from=customer.example",
        "spf=pass smtp.mailfrom=\"x@evil.example; dmarc=fail header.from=customer.example",
        "dkim=none dmarc=fail"
      })
  void a_failure_wins_over_every_pass_that_a_stranger_had_copied(String results) {
    assertThat(level(results)).isEqualTo(SUSPICIOUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spf=pass smtp.mailfrom=\"x; dmarc=pass header.from=customer.example \"@evil.example",
        "spf=pass smtp.mailfrom=\"\\\"; dmarc=pass header.from=customer.example \"@evil.example",
        "spf=pass smtp.mailfrom=\"x; dkim=pass header.d=customer.example \"@evil.example",
        "spf=pass (mx: domain of \"x) ; dmarc=pass header.from=customer.example (\"@evil.example)",
        "spf=pass (mx: (domain\\) of; dmarc=pass header.from=customer.example) x)",
        "spf=pass (never closed; dmarc=pass header.from=customer.example",
        "spf=pass closed twice); dmarc=pass header.from=customer.example",
        "spf=pass smtp.mailfrom=\"never closed; dmarc=pass header.from=customer.example",
        "dmarc=pass header.from=customer.example; spf=pass smtp.mailfrom=\"x",
        "dmarc=pass header.from=customer.example; x=\"ends in an escape\\",
        "dmarc=none header.from=customer.example; dmarc=pass header.from=customer.example",
        "dmarc=pass header.from=evil.example header.from=customer.example",
        "dmarc=pass header.from=evil.example",
        "dmarc=pass header.from=\"customer.example\"",
        "dmarc=passed header.from=customer.example",
        "dkim=pass header.i=\"x header.d=customer.example \"@evil.example",
        "dkim=pass header.d=evil.example header.i=@customer.example",
        "dkim=pass x-header.d=customer.example"
      })
  void a_pass_that_may_have_been_copied_or_speaks_of_others_verifies_nobody(String results) {
    assertThat(level(results)).isEqualTo(CLAIMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spf=pass smtp.mailfrom=\"ana; (silva\"@customer.example;"
            + " dmarc=pass header.from=customer.example",
        "spf=pass (mx: domain of \"ana; silva\"@customer.example designates it (softly));"
            + " dmarc=pass (p=REJECT sp=\\)) header.from=customer.example",
        "arc=pass (i=1 spf=fail dmarc=fail); dmarc/1 = pass header . from = Customer.Example",
        "dkim=pass header.i=@customer.example header.s=s1",
        "dkim=pass header.d=evil.example; dkim=pass header.i=ana@x.customer.example"
            + " header.d=customer.example"
      })
  void a_pass_beside_what_is_quoted_properly_verifies_the_sender(String results) {
    assertThat(level(results)).isEqualTo(VERIFIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "",
        "dmarc=none header.from=customer.example",
        "dmarc=temperror header.from=customer.example",
        "dmarc=permerror header.from=customer.example",
        "dmarc=bestguesspass header.from=customer.example",
        "dmarc=policy header.from=customer.example; dkim=neutral header.d=customer.example",
        "dkim=fail header.d=customer.example; spf=pass smtp.mailfrom=customer.example",
        "arc=pass; spf=softfail",
        "dmarc=pass header.from=customer.example.evil.example",
        "dmarc=pass header.from=notcustomer.example",
        "dmarc=pass"
      })
  void whatever_is_no_pass_for_this_very_domain_verifies_nobody(String results) {
    assertThat(level(results)).isEqualTo(CLAIMED);
  }

  @Test
  void only_the_newest_field_of_our_own_server_counts() {
    assertThat(
            level(
                from(ANA)
                    .with(FIELD, "mx.shop.example 1; dmarc=pass header.from=customer.example")
                    .with(FIELD, "mx.shop.example; dmarc=fail header.from=customer.example")))
        .isEqualTo(VERIFIED);
    assertThat(
            level(
                from(ANA)
                    .with(FIELD, "mx.shop.example; none")
                    .with(FIELD, "mx.shop.example; dmarc=pass header.from=customer.example")))
        .isEqualTo(CLAIMED);
  }

  @Test
  void a_field_without_a_server_s_name_counts_only_when_ours_write_none_and_only_at_the_top() {
    Trusting nameless = new Trusting(Set.of(Trusting.NAMELESS));
    String pass =
        "spf=pass; dkim=pass header.d=customer.example; dmarc=pass header.from=customer.example";
    ParsedMail top = from(ANA).with(FIELD, pass).with(FIELD, "dmarc=fail").parsed();
    ParsedMail below = from(ANA).with(FIELD, "mx.evil.example; none").with(FIELD, pass).parsed();

    assertThat(nameless.decide(top, false).level()).isEqualTo(VERIFIED);
    assertThat(nameless.decide(below, false).level()).isEqualTo(CLAIMED);
    assertThat(trusting.decide(top, false).level()).isEqualTo(CLAIMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ana@p\u0430ypal.example", "\u0430na@customer.example", "x@xn--pypal-4ve.example"})
  void a_sender_whose_address_mixes_scripts_is_suspicious_though_its_domain_sent_it(
      String address) {
    NamedAddress lookalike = NamedAddress.of("Ana Silva", address);

    TrustLevel level =
        level(
            from(lookalike)
                .with(
                    FIELD,
                    "mx.shop.example; dmarc=pass header.from=" + lookalike.address().domain()));

    assertThat(level).isEqualTo(SUSPICIOUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ana@b\u00fccher.example",
        "ana@\u0430\u0431\u0432.example",
        "info@\u6771\u4eacshop.example"
      })
  void an_international_address_is_as_good_as_any_other(String address) {
    assertThat(level(from(NamedAddress.of("Ana", address)))).isEqualTo(CLAIMED);
  }

  @Test
  void a_name_that_looks_like_an_address_speaks_for_nobody() {
    NamedAddress posing = NamedAddress.of("ana@customer.example", "mallory@evil.example");

    assertThat(
            level(
                from(posing)
                    .with("Sender", "ana@customer.example")
                    .with(FIELD, "mx.shop.example; dmarc=pass header.from=customer.example")))
        .isEqualTo(CLAIMED);
  }

  @Test
  @Tag("G-15")
  void an_endless_field_is_read_in_linear_time() {
    String hostile = "(\"".repeat(500_000) + "dmarc ".repeat(200_000) + "header.".repeat(200_000);

    TrustLevel level =
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> level("spf=pass " + hostile));

    assertThat(level).isEqualTo(CLAIMED);
  }

  private TrustLevel level(String results) {
    return level(from(ANA).with(FIELD, "mx.shop.example; " + results));
  }

  private TrustLevel level(Shop.Mail mail) {
    return trusting.decide(mail.parsed(), false).level();
  }
}
