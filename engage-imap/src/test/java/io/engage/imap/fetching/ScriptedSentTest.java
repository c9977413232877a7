package io.engage.imap.fetching;

import static io.engage.testkit.ScriptedServer.script;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.message.MailContent;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How copies of sent mail get into the right folder, and what a server learns of us. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedSentTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final MailContent COPY =
      MailContent.of("Subject: It is ready\r\n\r\nOn Friday.\r\n".getBytes(US_ASCII));

  @Test
  @Tag("G-30")
  void the_folder_for_sent_mail_is_known_by_its_attribute_whatever_its_name() {
    try (ScriptedServer server =
        ScriptedServer.start(
            mailbox(
                "* LIST (\\HasNoChildren) \"/\" \"Sent\"",
                "* LIST (\\HasNoChildren \\Sent) \"/\" \"Gesendete Objekte\"",
                "* LIST (\\HasNoChildren) \"/\" \"Sent Items\""))) {
      boolean kept = keep(server, "answer@shop.example");

      assertThat(kept).isTrue();
      assertThat(appended(server)).singleElement().asString().contains("\"Gesendete Objekte\"");
    }
  }

  @ParameterizedTest
  @Tag("G-32")
  @ValueSource(
      strings = {
        "a\"@shop.example",
        "a\\@shop.example",
        "a\"\u00a0DELETE\u00a0INBOX@shop.example",
        "{5}@shop.example",
        "a%*@shop.example",
        "jos\u00e9@shop.example",
        "a)(UID@shop.example"
      })
  void no_message_id_breaks_out_of_a_search(String id) {
    try (ScriptedServer server = ScriptedServer.start(mailbox("* LIST (\\Sent) \"/\" \"Sent\""))) {
      boolean kept = keep(server, id);

      assertThat(kept).isTrue();
      assertThat(server.problems()).isEmpty();
      assertThat(server.received())
          .filteredOn(line -> !line.isEmpty())
          .allMatch(
              line -> line.matches("\\S+ (LOGIN|LIST|EXAMINE|UID SEARCH|APPEND|LOGOUT|ID)\\b.*"));
    }
  }

  @Test
  void a_server_that_wants_to_know_is_told_who_we_are() {
    try (ScriptedServer server = ScriptedServer.start(mailbox("* LIST (\\Sent) \"/\" \"Sent\""))) {
      keep(server, "answer@shop.example");

      assertThat(server.received()).anyMatch(line -> line.endsWith("ID (\"name\" \"Engage\")"));
    }
  }

  private static List<String> appended(ScriptedServer server) {
    return server.received().stream().filter(line -> line.contains(" APPEND ")).toList();
  }

  private static boolean keep(ScriptedServer server, String id) {
    MailAccount account =
        MailAccount.of("workshop", "ana", ServerEndpoint.loopback(server.port()), null);
    ImapMail mail =
        ImapMail.builder(Shop.password("watch")).silenceTimeout(Duration.ofSeconds(3)).build();
    try (MailboxSession session = mail.source().open(account)) {
      return session.keepSent(RfcMessageId.of(id), COPY, NOON);
    }
  }

  private static Script mailbox(String... folders) {
    String[] listed = Arrays.copyOf(folders, folders.length + 1);
    listed[folders.length] = "$1 OK";
    return script()
        .say("* OK [CAPABILITY IMAP4rev1 ID] ready")
        .whenever("(\\S+) LOGIN .*", "$1 OK [CAPABILITY IMAP4rev1 ID] in")
        .whenever("(\\S+) ID .*", "* ID NIL", "$1 OK")
        .whenever("(\\S+) LIST .*", listed)
        .whenever(
            "(\\S+) (?:EXAMINE|SELECT) .*",
            "* 0 EXISTS",
            "* OK [UIDVALIDITY 7] x",
            "$1 OK [READ-WRITE] open")
        .whenever(
            "(?=.*\\{(\\d+)\\}$)(\\S+) UID SEARCH .*",
            script().say("+ go").literal().say("* SEARCH", "$2 OK"))
        .whenever("(\\S+) UID SEARCH .*[^}]", "* SEARCH", "$1 OK")
        .whenever(
            "(?=.*\\{(\\d+)\\}$)(\\S+) APPEND .*", script().say("+ go").literal().say("$2 OK"))
        .whenever("", script())
        .whenever("(\\S+) LOGOUT", "* BYE", "$1 OK")
        .obey();
  }
}
