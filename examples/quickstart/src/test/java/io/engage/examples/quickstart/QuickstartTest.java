package io.engage.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QuickstartTest {
  private static final String SHOP = "hello@shop.example";
  private static final String ANA = "ana@mail.example";

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
          });

  @BeforeEach
  void start() {
    server.start();
    server.setUser(SHOP, SHOP, "a password");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void it_lists_what_is_open_and_answers_the_newest() throws Exception {
    GreenMailUtil.sendTextEmail(
        SHOP, ANA, "My bicycle", "Is it ready?", server.getSmtp().getServerSetup());
    ByteArrayOutputStream told = new ByteArrayOutputStream();

    new Quickstart(environment(), new PrintStream(told, true, StandardCharsets.UTF_8)).run();

    assertThat(told.toString(StandardCharsets.UTF_8).strip()).isEqualTo("My bicycle");
    MimeMessage[] answers = server.getReceivedMessagesForDomain(ANA);
    assertThat(answers).hasSize(1);
    assertThat(answers[0].getSubject()).isEqualTo("Re: My bicycle");
    assertThat(GreenMailUtil.getBody(answers[0])).startsWith("Thank you, we are on it.");
  }

  @Test
  void it_says_which_setting_is_missing() {
    Quickstart unset = new Quickstart(Map.of(), System.out);

    assertThatThrownBy(unset::run).hasMessageContaining("ENGAGE_USER");
  }

  private Map<String, String> environment() {
    Map<String, String> settings = new HashMap<>();
    settings.put("ENGAGE_IMAP", "localhost:" + server.getImap().getPort());
    settings.put("ENGAGE_SMTP", "localhost:" + server.getSmtp().getPort());
    settings.put("ENGAGE_USER", SHOP);
    settings.put("ENGAGE_PASSWORD", "a password");
    return settings;
  }
}
