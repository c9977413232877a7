package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.engage.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DialCommandTest {
  @TempDir private Path folder;

  @Test
  @Tag("DL-1")
  @Tag("DL-10")
  void every_row_of_a_list_gets_its_mail_and_the_counters_say_so() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.start();
    try {
      server.setUser("shop@shop.example", "secret");
      Path list =
          file(
              "list.csv",
              "campaign;emailRecipient;message;attachments;variables;priority\n"
                  + "Watches;ana@customer.example;;;\"name\":\"Ana\";\n"
                  + "Watches;ben@customer.example;;;\"name\":\"Ben\";1\n"
                  + "Watches;nobody;;;\"name\":\"Nobody\";\n");
      Path template = file("template.html", "<p>Dear ${name}</p>");

      Ran ran =
          Ran.engage(
              "",
              "dial",
              "--list",
              list.toString(),
              "--template",
              template.toString(),
              "--smtp",
              "smtp://shop%40shop.example@127.0.0.1:" + server.getSmtp().getPort(),
              "--password-file",
              file("password", "secret").toString(),
              "--subject",
              "For ${name}",
              "--json");

      JsonNode figures = ran.objects().get(0);
      assertThat(figures.get("sent").asInt()).isEqualTo(2);
      assertThat(figures.get("failed").asInt()).isEqualTo(1);
      assertThat(figures.get("status").asText()).isEqualTo("finished");
      assertThat(figures.get("seconds").isNumber()).isTrue();
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(server.getReceivedMessages())
          .extracting(mail -> mail.getSubject())
          .containsExactlyInAnyOrder("For Ana", "For Ben");
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @Tag("PO-2")
  @Tag("G-40")
  void a_second_run_over_the_same_database_sends_nobody_a_second_mail(StoreKind kind)
      throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.start();
    try {
      server.setUser("shop@shop.example", "secret");
      String[] dial =
          StoreKind.with(
              kind.options(folder),
              "dial",
              "--list",
              file("list.csv", "campaign;emailRecipient\nWatches;ana@customer.example\n")
                  .toString(),
              "--template",
              file("template.txt", "Dear customer").toString(),
              "--smtp",
              "smtp://shop%40shop.example@127.0.0.1:" + server.getSmtp().getPort(),
              "--password-file",
              file("password", "secret").toString(),
              "--signing-key-file",
              file("key", "a key that nobody guesses").toString());

      Ran first = Ran.engage("", dial);
      Ran second = Ran.engage("", dial);

      assertThat(first.out()).startsWith("finished processed=1 notProcessed=0 sent=1 ");
      assertThat(second.out()).startsWith("finished processed=1 notProcessed=0 sent=1 ");
      assertThat(server.getReceivedMessages()).hasSize(1);
    } finally {
      server.stop();
    }
  }

  @Test
  @Tag("G-49")
  void whom_a_server_refused_as_unknown_no_later_run_over_the_same_database_writes_to()
      throws Exception {
    try (ScriptedServer server = ScriptedServer.start(knowingNobody())) {
      Ran first = dial(server, "Watches;gone@customer.example");

      Ran second = dial(server, "Bikes;gone@customer.example");

      assertThat(first.out()).contains(" rejected=1 ");
      assertThat(second.out()).contains(" sent=0 failed=1 rejected=0 ");
      assertThat(server.received()).filteredOn(line -> line.startsWith("RCPT")).hasSize(1);
    }
  }

  @Test
  @Tag("G-40")
  void a_later_run_with_other_words_is_refused_and_writes_to_nobody() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(knowingNobody())) {
      String row = "Watches;gone@customer.example";
      String key = file("key", "a key that nobody guesses").toString();
      dial(server, row);

      Ran renamed =
          Ran.engage(
              "", dialing(server, row, "--signing-key-file", key, "--subject", "Other news"));
      String[] dial = dialing(server, row, "--signing-key-file", key);
      file("template.txt", "Dear customer, corrected");
      Ran corrected = Ran.engage("", dial);

      assertThat(corrected.err())
          .contains("'watches' was begun with another template than", "Give the same again");
      assertThat(renamed.err()).contains("'watches' was begun with the subject 'News'");
      assertThat(corrected.exitCode()).isEqualTo(renamed.exitCode()).isEqualTo(2);
      assertThat(server.received()).filteredOn(line -> line.startsWith("RCPT")).hasSize(1);
    }
  }

  @Test
  @Tag("G-49")
  void a_database_without_a_key_is_refused_before_anything_is_sent() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(knowingNobody())) {
      Path blank = file("blank", "\n");
      String row = "Watches;gone@customer.example";

      Ran none = Ran.engage("", dialing(server, row));
      Ran empty = Ran.engage("", dialing(server, row, "--signing-key-file", blank.toString()));

      assertThat(none.exitCode() + empty.exitCode()).isEqualTo(4);
      assertThat(none.err()).contains("ENGAGE_SIGNING_KEY", "--signing-key-file");
      assertThat(empty.err()).contains("ENGAGE_SIGNING_KEY", "--signing-key-file");
      assertThat(server.received()).isEmpty();
    }
  }

  private Ran dial(ScriptedServer server, String row) throws IOException {
    Path key = file("key", "a key that nobody guesses");
    return Ran.engage("", dialing(server, row, "--signing-key-file", key.toString()));
  }

  private String[] dialing(ScriptedServer server, String row, String... more) throws IOException {
    String[] dial = {
      "dial",
      "--list",
      file("list.csv", "campaign;emailRecipient\n" + row + "\n").toString(),
      "--template",
      file("template.txt", "Dear customer").toString(),
      "--smtp",
      "smtp://shop%40shop.example@127.0.0.1:" + server.port(),
      "--password-file",
      file("password", "secret").toString(),
      "--store",
      "jdbc:h2:" + folder.resolve("shop")
    };
    return Stream.of(dial, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static ScriptedServer.Script knowingNobody() {
    return ScriptedServer.script()
        .whenever("AUTH .*", "235 2.7.0 in")
        .whenever("MAIL .*|RSET|NOOP", "250 2.1.0 fine")
        .whenever("RCPT .*", "550 5.1.1 nobody is called so")
        .whenever("QUIT", "221 bye")
        .say("220 mail.shop.example")
        .expect("EHLO .*")
        .say("250-mail.shop.example", "250 AUTH PLAIN")
        .obey();
  }

  @Test
  @Tag("DL-5")
  void a_template_is_filled_in_as_it_has_to_be_where_it_stands() throws IOException {
    String template = file("template.txt", "Dear ${name}").toString();
    String variables = "{\"name\":\"O'Brien & <b>\"}";

    Ran html =
        Ran.engage("", "render", "--template", template, "--variables", variables, "--as", "html");
    Ran text =
        Ran.engage("", "render", "--template", template, "--variables", variables, "--as", "text");
    Ran header =
        Ran.engage(
            "",
            "render",
            "--template",
            template,
            "--variables",
            "{\"name\":\"a\\r\\nBcc: b\"}",
            "--as",
            "header");

    assertThat(html.out()).isEqualTo("Dear O&#39;Brien &amp; &lt;b&gt;");
    assertThat(text.out()).isEqualTo("Dear O'Brien & <b>");
    assertThat(header.out()).isEqualTo("Dear a  Bcc: b");
    assertThat(html.exitCode() + text.exitCode() + header.exitCode()).isZero();
  }

  @Test
  @Tag("DL-5")
  @Tag("G-50")
  void what_cannot_be_filled_in_says_why() throws IOException {
    String template = file("template.txt", "Dear ${name}").toString();
    String hostile = file("hostile.txt", "${>file}").toString();

    assertThat(Ran.engage("", "render", "--template", template).exitCode()).isEqualTo(1);
    assertThat(Ran.engage("", "render", "--template", template).err()).contains("name");
    assertThat(Ran.engage("", "render", "--template", hostile).exitCode()).isEqualTo(2);
    assertThat(Ran.engage("", "render", "--template", "missing.txt").exitCode()).isEqualTo(2);
    assertThat(Ran.engage("", "render", "--template", template, "--variables", "[1]").exitCode())
        .isEqualTo(2);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
