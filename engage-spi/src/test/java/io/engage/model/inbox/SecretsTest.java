package io.engage.model.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-34")
class SecretsTest {

  @Test
  void a_secret_never_prints_itself_wherever_it_stands() {
    assertThat(Secret.of("hunter2").toString()).doesNotContain("hunter2");
    assertThat(Credential.password("hunter2").toString()).doesNotContain("hunter2");
    assertThat(Credential.accessToken("hunter2").toString()).doesNotContain("hunter2");
  }

  @Test
  void secrets_are_equal_when_they_say_the_same() {
    assertThat(Secret.of("hunter2"))
        .isEqualTo(Secret.of("hunter2"))
        .isNotEqualTo(Secret.of("hunter3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"imap.example.com", "10.0.0.1", "127.evil.example", "localhost.evil.example"})
  void clear_text_is_refused_to_everybody_but_this_machine(String host) {
    assertThatThrownBy(() -> new ServerEndpoint(host, 143, TlsMode.PLAINTEXT_LOOPBACK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + host + "'")
        .hasMessageContaining("TLS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
  void clear_text_to_this_machine_is_fine(String host) {
    assertThat(new ServerEndpoint(host, 143, TlsMode.PLAINTEXT_LOOPBACK).host()).isEqualTo(host);
  }

  @Test
  void an_account_names_its_servers_and_folders_or_cannot_be_made() {
    assertThatThrownBy(() -> MailAccount.of("shop", "shop", null, null))
        .hasMessageContaining("IMAP or an SMTP");
    assertThatThrownBy(() -> MailAccount.of("shop", "a\r\nb", ServerEndpoint.loopback(143), null))
        .hasMessageContaining("control characters");
  }
}
