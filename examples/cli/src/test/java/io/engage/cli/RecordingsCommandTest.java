package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("DI-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordingsCommandTest {
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));

  @TempDir private Path folder;
  private List<String> store = List.of();

  @BeforeEach
  void start() {
    server.start();
  }

  private void twoMailsAreKeptIn(StoreKind kind) throws IOException, MessagingException {
    store = kind.options(folder);
    GreenMailUser shop = server.setUser("shop@shop.example", "shop", "hunter2");
    arrives(shop, "ana@customer.example", "Is it ready?");
    arrives(shop, "ben@customer.example", "A bell");
    Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
    Ran kept =
        Ran.engage(
            "",
            StoreKind.with(
                store,
                "sync",
                "--imap",
                "imap://shop@127.0.0.1:" + server.getImap().getPort(),
                "--password-file",
                password.toString()));
    assertThat(kept.exitCode()).isZero();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void what_is_looked_for_is_listed_for_people_and_for_programs(StoreKind kind)
      throws IOException, MessagingException {
    twoMailsAreKeptIn(kind);

    Ran people = recordings("search", "--address", "ana@");
    List<JsonNode> programs = recordings("search", "--subject", "bell", "--json").objects();

    assertThat(people.exitCode()).isZero();
    assertThat(people.out().lines())
        .singleElement()
        .asString()
        .endsWith("ana@customer.example  Is it ready?");
    assertThat(programs)
        .singleElement()
        .satisfies(
            found -> assertThat(found.at("/with/0").asText()).isEqualTo("ben@customer.example"));
    assertThat(recordings("search", "--until", "2001-01-01").out()).isEmpty();
    assertThat(recordings("search", "--from", "2001-01-01", "--until", "2001-01-01").out())
        .isEmpty();
    assertThat(recordings("search", "--from", "2001-01-01", "--led").out().lines()).hasSize(2);
    assertThat(recordings("search", "--until", "2001-01-01", "--led").out()).isEmpty();
    assertThat(recordings("search", "--limit", "1").err()).contains("There are more");
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void a_conversation_is_printed_into_a_file_and_who_did_it_is_kept(StoreKind kind)
      throws IOException, MessagingException {
    twoMailsAreKeptIn(kind);
    String id =
        recordings("search", "--address", "ana@", "--json").objects().get(0).get("id").asText();
    Path page = folder.resolve("page.html");

    Ran ran = recordings("print", id, "--trail", "--as", "Clara", "--output", page.toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exitCode()).isZero();
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .contains("Hello from ana@customer.example", "Clara");
    assertThat(folder.resolve("page.html.part")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void all_that_are_looked_for_are_exported_as_mails_or_lines(StoreKind kind)
      throws IOException, MessagingException {
    twoMailsAreKeptIn(kind);

    Ran mails = recordings("export", "--format", "mbox");
    Ran lines = recordings("export", "--format", "json", "--address", "ben@");

    assertThat(mails.out().lines().filter(line -> line.startsWith("From "))).hasSize(2);
    assertThat(lines.objects())
        .extracting(line -> line.fieldNames().next())
        .containsExactly("format", "conversation", "message", "end");
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void what_is_not_there_leaves_an_earlier_file_as_it_was(StoreKind kind)
      throws IOException, MessagingException {
    twoMailsAreKeptIn(kind);
    Path page = Files.writeString(folder.resolve("page.html"), "earlier");

    Ran ran = recordings("print", "none", "--output", page.toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("There is no such conversation.");
    assertThat(page).hasContent("earlier");
  }

  private Ran recordings(String... arguments) {
    List<String> all = new ArrayList<>(List.of("recordings"));
    all.addAll(List.of(arguments));
    all.addAll(store);
    return Ran.engage("", all.toArray(String[]::new));
  }

  private static void arrives(GreenMailUser shop, String from, String subject)
      throws MessagingException {
    String mail =
        """
        From: %1$s
        To: shop@shop.example
        Subject: %2$s
        Message-ID: <%1$s>

        Hello from %1$s
        """
            .formatted(from, subject)
            .replace("\n", "\r\n");
    shop.deliver(
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));
  }
}
