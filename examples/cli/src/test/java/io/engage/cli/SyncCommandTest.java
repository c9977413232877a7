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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SY-1")
class SyncCommandTest {
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));

  @TempDir private Path folder;

  private Path password;
  private GreenMailUser shop;

  @BeforeEach
  void start() throws IOException {
    server.start();
    shop = server.setUser("shop@shop.example", "shop", "hunter2");
    password = Files.writeString(folder.resolve("password"), "hunter2\n");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void sync_imports_the_mailbox_prints_each_mail_and_ends_with_the_figures() throws Exception {
    arrives("Is it ready?");
    arrives("And the helmet?");

    Ran ran = Ran.engage("", sync("--print", "--json"));

    List<JsonNode> lines = ran.objects();
    assertThat(ran.exitCode()).isZero();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).get("messages").asInt()).isEqualTo(2);
    assertThat(lines.get(1).get("uid").asLong()).isEqualTo(1);
    assertThat(lines.get(2).get("subject").asText()).isEqualTo("And the helmet?");
  }

  @Test
  void a_second_look_finds_nothing_new() throws Exception {
    arrives("Is it ready?");

    Ran ran = Ran.engage("", sync("--repeat", "2"));

    assertThat(ran.out().lines().toList()).hasSize(2);
    assertThat(ran.out().lines().toList().get(0)).startsWith("messages=1 duplicates=0 bytes=");
    assertThat(ran.out().lines().toList().get(1)).startsWith("messages=0 duplicates=0 bytes=0");
  }

  @Test
  @Tag("G-34")
  void a_wrong_password_is_said_in_plain_words_and_never_shown() throws Exception {
    Files.writeString(password, "not-it\n");

    Ran ran = Ran.engage("", sync());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("did not accept user and password").doesNotContain("not-it");
  }

  @Test
  void without_a_password_it_says_where_to_put_one() {
    Ran ran = Ran.engage("", "sync", "--imap", url());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("ENGAGE_PASSWORD");
  }

  @Test
  @Tag("PO-2")
  void what_is_kept_in_a_database_is_not_imported_again_by_the_next_run() throws Exception {
    arrives("Is it ready?");
    String[] kept = sync("--store", database(), "--print");

    Ran first = Ran.engage("", kept);
    arrives("And the helmet?");
    Ran second = Ran.engage("", kept);

    assertThat(first.out().lines().toList().get(0)).startsWith("messages=1 ");
    assertThat(second.out().lines().toList().get(0)).startsWith("messages=1 duplicates=0 ");
    assertThat(second.out().lines()).hasSize(3).anyMatch(line -> line.contains("Is it ready?"));
    assertThat(second.exitCode()).isZero();
  }

  @Test
  @Tag("G-34")
  void a_password_in_the_address_of_a_store_is_refused_and_not_shown() {
    Ran ran = Ran.engage("", sync("--store", database() + ";PASSWORD=hunter3"));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("ENGAGE_STORE_PASSWORD").doesNotContain("hunter3");
  }

  @Test
  @Tag("PO-2")
  void a_database_that_is_not_there_is_said_in_plain_words() throws Exception {
    String nobody;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "jdbc:postgresql://127.0.0.1:%d/shop".formatted(taken.getLocalPort());
    }

    Ran ran = Ran.engage("", sync("--store", nobody));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("The database does not let us in");
  }

  @Test
  void an_unknown_store_is_refused_by_name() {
    Ran ran = Ran.engage("", sync("--store", "jdbc:nothing"));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("'jdbc:nothing'");
  }

  private String database() {
    return "jdbc:h2:" + folder.resolve("shop");
  }

  private String url() {
    return "imap://shop@127.0.0.1:" + server.getImap().getPort();
  }

  private String[] sync(String... more) {
    List<String> all =
        new ArrayList<>(List.of("sync", "--imap", url(), "--password-file", password.toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private void arrives(String subject) throws MessagingException {
    String mail =
        """
        From: ana@customer.example
        To: shop@shop.example
        Subject: %s
        Message-ID: <%d@customer.example>

        Hello
        """
            .formatted(subject, subject.hashCode() & 0xffff)
            .replace("\n", "\r\n");
    shop.deliver(
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));
  }
}
