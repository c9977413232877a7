package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.MailPreset;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A shop that is about to send its first campaign, and what its DNS says. */
@Tag("DL-8")
@Tag("DL-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class BulkRulesTest {
  private static final String DOMAIN = "shop.example";
  private static final String KEY_AT = "s1._domainkey.shop.example";
  private static final URI LINKS = URI.create("https://www.shop.example/engage");
  private static String key = "";
  private static String shortKey = "";

  private final Map<String, List<String>> dns = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  @BeforeAll
  static void keys() throws GeneralSecurityException {
    key = key(2048);
    shortKey = key(512);
  }

  private static String key(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
  }

  @Test
  void a_domain_that_has_all_is_green() {
    says(DOMAIN, "google-site-verification=abc", "v=spf1 include:mail.example ip4:192.0.2.1 ~all");
    says("mail.example", "v=spf1 ip4:192.0.2.0/24 -all");
    says(KEY_AT, "v=DKIM1; k=rsa; p=" + key);
    says("_dmarc.shop.example", "v=DMARC1; p=none; rua=mailto:dmarc@shop.example");

    List<Verdict> verdicts = decide(sender("s1", LINKS));

    assertThat(verdicts).extracting(Verdict::good).containsOnly(true);
    assertThat(verdicts)
        .extracting(Verdict::what)
        .containsExactly("spf", "dkim", "dmarc", "tls", "one-click", "limits");
    assertThat(verdicts.get(5).words())
        .isEqualTo(
            "Microsoft 365 takes from an account at most 30 mails a minute, which the dialer keeps"
                + " to; 10,000 recipients a day; 3 connections at once");
  }

  @Test
  void of_a_domain_that_has_nothing_each_missing_thing_is_named() {
    List<Verdict> verdicts = decide(new BulkRules.Sender(DOMAIN, null, null, null));

    assertThat(verdicts).extracting(Verdict::good).containsOnly(false);
    assertThat(verdicts)
        .extracting(Verdict::what)
        .containsExactly("spf", "dkim", "dmarc", "tls", "one-click");
  }

  @Test
  void a_dns_that_does_not_answer_is_no_missing_record() {
    TextRecords silent =
        name -> {
          throw new IOException("The name servers of this machine do not answer");
        };

    List<Verdict> verdicts = BulkRules.decide(sender("s1", LINKS), silent);

    assertThat(verdicts.subList(0, 3))
        .allSatisfy(each -> assertThat(each.good()).isFalse())
        .extracting(Verdict::words)
        .containsOnly(
            "The name servers of this machine do not answer. Check that this machine can look up"
                + " names.");
  }

  @Test
  void an_spf_record_that_lets_everybody_or_nobody_send_is_red() {
    assertThat(spf("v=spf1 +all")).contains("lets everybody send");
    assertThat(spf("v=spf1 mx all")).contains("lets everybody send");
    assertThat(spf("v=spf1 -all")).contains("lets nobody send");
    assertThat(spf("v=spf1")).contains("lets nobody send");
    assertThat(spf("V=SPF1 MX -ALL")).isEqualTo("'shop.example' says who may send in its name");
  }

  @Test
  void two_spf_records_count_as_none() {
    says(DOMAIN, "v=spf1 mx -all", "v=spf1 include:mail.example -all");

    assertThat(decide(sender("s1", LINKS)).get(0).words()).contains("more than one SPF record");
  }

  @Test
  void an_spf_record_that_names_a_domain_without_one_is_red() {
    assertThat(spf("v=spf1 include:_spf.gone.example ~all")).contains("'_spf.gone.example'");
    assertThat(spf("v=spf1 redirect=_spf.gone.example")).contains("'_spf.gone.example'");
  }

  @Test
  void an_spf_record_that_makes_receivers_ask_eleven_times_is_red_and_ten_are_not() {
    says("mail.example", "v=spf1 a mx a:one.example exists:two.example ~all");

    assertThat(spf("v=spf1 include:mail.example mx a a:x.example mx:y.example ptr ~all"))
        .contains("says who may send");
    assertThat(spf("v=spf1 include:mail.example mx a a:x.example mx:y.example ptr a:z.example"))
        .contains("more than 10 times");
  }

  @Test
  void spf_records_that_name_each_other_end() {
    says("mail.example", "v=spf1 include:shop.example include:mail.example ~all");

    assertThat(spf("v=spf1 include:mail.example ~all")).contains("more than 10 times");
    assertThat(asked).filteredOn(each -> !each.startsWith("_")).hasSizeLessThan(20);
  }

  @Test
  void what_depends_on_the_mail_is_not_followed() {
    assertThat(spf("v=spf1 include:%{d}.mail.example ~all")).contains("says who may send");
  }

  @Test
  void a_key_that_receivers_cannot_use_is_red() {
    assertThat(dkim()).contains("no DKIM key at 's1._domainkey.shop.example'");
    assertThat(dkim("v=DKIM1; p=")).contains("withdrawn");
    assertThat(dkim("v=DKIM1; p=" + key.substring(0, 100))).contains("copied whole");
    assertThat(dkim("v=DKIM1; p=***")).contains("copied whole");
    assertThat(dkim("v=DKIM1; p=" + shortKey)).contains("has 512 bits");
    assertThat(dkim("v=DKIM1; k=ed25519; p=AAAA")).contains("not of the kind rsa");
    assertThat(dkim("v=DKIM1; t=y:s; p=" + key)).contains("tried out");
    assertThat(dkim("v=DKIM2; p=" + key)).contains("is no DKIM key");
    assertThat(dkim("p=" + key, "other")).contains("more than one record");
  }

  @Test
  void a_key_is_one_with_blanks_and_without_its_usual_tags() {
    assertThat(dkim("p=" + key.substring(0, 60) + " " + key.substring(60)))
        .isEqualTo("'s1._domainkey.shop.example' has a key of 2048 bits");
  }

  @Test
  void the_policy_of_the_domain_above_counts() {
    says("_dmarc.shop.example", "v=DMARC1; p=Reject");

    assertThat(verdict("news.de.shop.example", 2))
        .isEqualTo(Verdict.green("dmarc", "'_dmarc.shop.example' has the policy reject"));
    assertThat(asked).doesNotContain("_dmarc.example");
  }

  @Test
  void a_policy_that_is_none_or_twice_there_is_red() {
    says("_dmarc.shop.example", "v=DMARC1; rua=mailto:dmarc@shop.example");
    assertThat(verdict(DOMAIN, 2).words()).contains("has no p=");

    says("_dmarc.shop.example", "v=DMARC1; p=none", "v=DMARC1; p=reject");
    assertThat(verdict(DOMAIN, 2).words()).contains("more than one DMARC record");

    says("_dmarc.shop.example", "some other text");
    assertThat(verdict(DOMAIN, 2).words()).contains("has no DMARC record");
  }

  @Test
  void a_link_without_https_and_a_server_in_clear_text_are_red() {
    MailAccount clear =
        MailAccount.of("shop", "shop@shop.example", null, ServerEndpoint.loopback(25));
    URI links = URI.create("http://www.shop.example/engage");

    List<Verdict> verdicts = decide(new BulkRules.Sender(DOMAIN, "s1", clear, links));

    assertThat(verdicts.subList(3, 5))
        .extracting(Verdict::what, Verdict::good)
        .containsExactly(tuple("tls", false), tuple("one-click", false));
  }

  private String spf(String record) {
    says(DOMAIN, record);
    return verdict(DOMAIN, 0).words();
  }

  private String dkim(String... records) {
    says(KEY_AT, records);
    return verdict(DOMAIN, 1).words();
  }

  private Verdict verdict(String domain, int place) {
    return decide(new BulkRules.Sender(domain, "s1", null, LINKS)).get(place);
  }

  private List<Verdict> decide(BulkRules.Sender sender) {
    return BulkRules.decide(
        sender,
        name -> {
          asked.add(name);
          return dns.getOrDefault(name, List.of());
        });
  }

  private void says(String name, String... records) {
    dns.put(name, List.of(records));
  }

  private static BulkRules.Sender sender(@Nullable String selector, URI links) {
    return new BulkRules.Sender(
        DOMAIN,
        selector,
        MailPreset.MICROSOFT_365.account(AccountId.of("shop"), "shop@shop.example"),
        links);
  }
}
