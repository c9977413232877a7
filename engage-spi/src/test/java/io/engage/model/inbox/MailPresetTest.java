package io.engage.model.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount.SentCopies;
import io.engage.model.mailbox.AccountId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailPresetTest {

  @Test
  void gmail_is_filled_in_as_the_manual_has_it() {
    MailAccount account = MailPreset.GMAIL.account(AccountId.of("shop"), "shop@gmail.com");

    assertThat(account.smtp()).isEqualTo(ServerEndpoint.startTls("smtp.gmail.com", 587));
    assertThat(account.imap()).isEqualTo(ServerEndpoint.tls("imap.gmail.com", 993));
    assertThat(account.sentCopies()).isEqualTo(SentCopies.BY_PROVIDER);
  }

  @Test
  void outlook_is_filled_in_as_the_manual_has_it() {
    assertThat(MailPreset.OUTLOOK.smtp().host()).isEqualTo("smtp-mail.outlook.com");
    assertThat(MailPreset.OUTLOOK.imap().host()).isEqualTo("outlook.office365.com");
    assertThat(MailPreset.OUTLOOK.login()).isEqualTo(MailPreset.Login.OAUTH_ONLY);
  }

  @Test
  void an_address_leads_to_its_provider() {
    assertThat(MailPreset.forAddress(EmailAddress.of("shop@YAHOO.com"))).contains(MailPreset.YAHOO);
    assertThat(MailPreset.forAddress(EmailAddress.of("hello@shop.example"))).isEmpty();
  }

  @Test
  @Tag("DL-9")
  void what_a_provider_takes_is_known_by_the_server_that_sends() {
    MailAccount shop = sendingOver(ServerEndpoint.startTls("SMTP.office365.com", 587));

    Optional<MailPreset> provider = MailPreset.sendingFor(shop);

    assertThat(provider).contains(MailPreset.MICROSOFT_365);
    assertThat(provider).map(MailPreset::limits).contains(new SendingLimits(30, 10_000, 3));
  }

  @Test
  void a_server_of_ones_own_has_no_limits_that_are_known() {
    assertThat(MailPreset.sendingFor(sendingOver(ServerEndpoint.tls("smtp.shop.example", 465))))
        .isEmpty();
    assertThat(MailPreset.sendingFor(sendingOver(null))).isEmpty();
  }

  private static MailAccount sendingOver(@Nullable ServerEndpoint smtp) {
    return MailAccount.of(
        "shop", "shop@shop.example", ServerEndpoint.tls("outlook.office365.com", 993), smtp);
  }

  @Test
  void each_preset_sends_over_a_server_of_its_own() {
    assertThat(MailPreset.all())
        .extracting(each -> each.smtp().host())
        .doesNotHaveDuplicates()
        .allMatch(host -> host.equals(host.toLowerCase(Locale.ROOT)));
  }

  @Test
  void no_preset_sends_a_password_in_clear_text() {
    assertThat(MailPreset.all())
        .allMatch(
            each ->
                each.imap().tls() == TlsMode.TLS
                    && each.smtp().tls() != TlsMode.PLAINTEXT_INSECURE
                    && each.smtp().tls() != TlsMode.PLAINTEXT_LOOPBACK);
  }

  @Test
  void each_preset_has_an_id_and_domains_of_its_own() {
    assertThat(MailPreset.all()).extracting(MailPreset::id).doesNotHaveDuplicates();
    assertThat(MailPreset.all().stream().flatMap(each -> each.domains().stream()))
        .doesNotHaveDuplicates();
  }
}
