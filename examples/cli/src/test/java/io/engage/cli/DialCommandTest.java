package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  @Tag("PO-2")
  @Tag("G-40")
  void a_second_run_over_the_same_database_sends_nobody_a_second_mail() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.start();
    try {
      server.setUser("shop@shop.example", "secret");
      String[] dial = {
        "dial",
        "--list",
        file("list.csv", "campaign;emailRecipient\nWatches;ana@customer.example\n").toString(),
        "--template",
        file("template.txt", "Dear customer").toString(),
        "--smtp",
        "smtp://shop%40shop.example@127.0.0.1:" + server.getSmtp().getPort(),
        "--password-file",
        file("password", "secret").toString(),
        "--store",
        "jdbc:h2:" + folder.resolve("shop")
      };

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
