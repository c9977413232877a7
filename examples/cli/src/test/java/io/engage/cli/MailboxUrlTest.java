package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-34")
class MailboxUrlTest {

  @Test
  void a_url_names_server_user_and_folder() {
    MailboxUrl url =
        MailboxUrl.parse("imaps://ana%40shop.example@imap.example.com/Customer%20mail");

    assertThat(url.server()).isEqualTo(ServerEndpoint.tls("imap.example.com", 993));
    assertThat(url.user()).isEqualTo("ana@shop.example");
    assertThat(url.folder()).isEqualTo("Customer mail");
  }

  @Test
  void clear_text_is_for_this_machine_only() {
    assertThat(MailboxUrl.parse("imap://ana@127.0.0.1:1143").server().tls())
        .isEqualTo(TlsMode.PLAINTEXT_LOOPBACK);
    assertThat(MailboxUrl.parse("imap://ana@imap.example.com").server())
        .isEqualTo(ServerEndpoint.startTls("imap.example.com", 143));
  }

  @Test
  void a_password_in_a_url_is_refused_and_not_repeated() {
    assertThatThrownBy(() -> MailboxUrl.parse("imaps://ana:hunter2@imap.example.com"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ENGAGE_PASSWORD")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "imap.example.com", "pop3://a@b", "imaps://imap.example.com", "imaps:// a@b"})
  void what_is_no_mailbox_url_is_refused_with_the_right_form(String text) {
    assertThatThrownBy(() -> MailboxUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(imaps://user@host|cannot be read at character).*");
  }
}
