package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.engage.testkit.TokenServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("IN-3")
class DoctorCommandTest {
  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
          });

  @TempDir private Path folder;
  private Path password;

  @BeforeEach
  void start() throws IOException {
    server.start();
    server.setUser("shop@shop.example", "shop", "hunter2");
    password = Files.writeString(folder.resolve("password"), "hunter2\n");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void an_account_that_works_is_green() {
    Ran ran =
        doctor("--imap", imap(""), "--smtp", "smtp://shop@127.0.0.1:" + server.getSmtp().getPort());

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out().lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("green"));
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  @Tag("G-34")
  void a_wrong_password_is_red_in_plain_words() throws IOException {
    Files.writeString(password, "wrong\n");

    Ran ran = doctor("--imap", imap(""));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("RED")
        .contains("did not accept user and password")
        .doesNotContain("wrong\n");
  }

  @Test
  void a_missing_folder_is_red_and_named() {
    Ran ran = doctor("--imap", imap("/Nowhere"));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("RED    imap folder").contains("Nowhere");
  }

  @Test
  void a_server_that_is_not_there_and_a_name_that_is_unknown_are_told_apart() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }

    assertThat(doctor("--imap", "imap://shop@127.0.0.1:" + nobody).out())
        .contains("nothing listens there");
    assertThat(doctor("--imap", "imaps://shop@no-such-host.invalid").out())
        .contains("'no-such-host.invalid' is unknown");
  }

  @Test
  @Tag("G-16")
  void a_withdrawn_consent_is_red_and_says_what_to_do() throws IOException {
    Path refresh = Files.writeString(folder.resolve("refresh"), "refresh-gone\n");
    try (TokenServer tokens = TokenServer.start(Clock.systemUTC())) {
      Ran ran = withToken(tokens, refresh);

      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.out()).contains("RED    oauth token").contains("consent again");
      assertThat(ran.out()).doesNotContain("refresh-gone");
    }
  }

  @Test
  @Tag("G-16")
  void a_rotated_refresh_token_is_in_the_file_before_it_is_used() throws IOException {
    Path refresh = Files.writeString(folder.resolve("refresh"), "refresh-1\n");
    try (TokenServer tokens = TokenServer.start(Clock.systemUTC()).rotating().knows("refresh-1")) {
      Ran ran = withToken(tokens, refresh);

      assertThat(ran.out()).contains("green  oauth token");
      assertThat(refresh).hasContent("refresh-of-access-1");
    }
  }

  private Ran withToken(TokenServer tokens, Path refresh) {
    return doctor(
        "--imap",
        imap(""),
        "--token-server",
        tokens.uri().toString(),
        "--client-id",
        "engage",
        "--refresh-token-file",
        refresh.toString());
  }

  @Test
  void findings_are_json_when_asked_for() {
    Ran ran = doctor("--imap", imap(""), "--json");

    assertThat(ran.objects()).extracting(each -> each.get("ok").asBoolean()).containsOnly(true);
  }

  @Test
  @Tag("DL-9")
  void who_wants_to_send_in_bulk_learns_each_thing_that_is_missing() {
    Ran ran = bulk("--bulk", "Shop.example", "--links", "https://shop.example/engage", "--json");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.objects())
        .filteredOn(each -> each.get("ok").asBoolean())
        .extracting(each -> each.get("check").asText())
        .containsExactly("spf", "one-click");
    assertThat(ran.objects())
        .filteredOn(each -> !each.get("ok").asBoolean())
        .extracting(each -> each.get("check").asText())
        .containsExactly("dkim", "dmarc", "tls");
  }

  @Test
  @Tag("DL-9")
  void what_is_no_domain_or_no_selector_is_not_looked_up() {
    assertThat(bulk("--bulk", "shop").exitCode()).isEqualTo(2);
    assertThat(bulk("--bulk", "news@shop.example").exitCode()).isEqualTo(2);
    assertThat(bulk("--bulk", "shop.example", "--selector", "s1/x").exitCode()).isEqualTo(2);
    assertThat(bulk().err()).contains("--imap, --smtp, --bulk");
  }

  /** The DNS knows a shop that has SPF and nothing else. */
  private static Ran bulk(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err);
    TextRecords dns =
        name -> name.equals("shop.example") ? List.of("v=spf1 ip4:192.0.2.1 -all") : List.of();
    int exitCode =
        new CommandLine(new DoctorCommand(console, dns))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private String imap(String path) {
    return "imap://shop@127.0.0.1:" + server.getImap().getPort() + path;
  }

  private Ran doctor(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "doctor";
    all[1] = "--password-file";
    all[2] = password.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Ran.engage("", all);
  }
}
