package io.engage.model.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount.SentCopies;
import io.engage.model.mailbox.AccountId;
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
