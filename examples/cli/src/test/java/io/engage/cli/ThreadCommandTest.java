package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("TH-1")
class ThreadCommandTest {
  @TempDir private Path folder;

  @Test
  void answers_join_their_conversation_whatever_the_order_of_the_files() throws IOException {
    String question = mail("question", "ana@customer.example", 8, "");
    String answer = mail("answer", "shop@shop.example", 9, "In-Reply-To: <question@x.example>\n");
    String thanks =
        mail(
            "thanks",
            "ana@customer.example",
            10,
            "References: <question@x.example> <answer@x.example>\n");
    String other = mail("other", "ben@customer.example", 8, "");

    Ran ran = Ran.engage("", "thread", thanks, other, answer, question);

    assertThat(ran.exitCode()).isZero();
    assertThat(conversations(ran))
        .containsExactlyInAnyOrder(List.of(question, answer, thanks), List.of(other));
  }

  @Test
  @Tag("G-20")
  void a_stranger_who_guessed_a_message_id_stands_alone() throws IOException {
    String question = mail("question", "ana@customer.example", 8, "");
    String intruder =
        mail("intruder", "mallory@evil.example", 9, "In-Reply-To: <question@x.example>\n");

    Ran ran = Ran.engage("", "thread", question, intruder);

    assertThat(conversations(ran)).containsExactly(List.of(question), List.of(intruder));
  }

  @Test
  void a_missing_file_is_named_and_the_others_are_still_threaded() throws IOException {
    String question = mail("question", "ana@customer.example", 8, "");

    Ran ran = Ran.engage("", "thread", question, folder.resolve("missing.eml").toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("missing.eml");
    assertThat(conversations(ran)).containsExactly(List.of(question));
  }

  private String mail(String id, String from, int hour, String fields) throws IOException {
    return Files.writeString(
            folder.resolve(id + ".eml"),
            """
            From: %s
            To: shop@shop.example
            Subject: My bike
            Date: Mon, 2 Mar 2026 %02d:00:00 +0000
            Message-ID: <%s@x.example>
            %s
            Hello
            """
                .formatted(
                    from.equals("shop@shop.example") ? from + "\nCc: ana@customer.example" : from,
                    hour,
                    id,
                    fields))
        .toString();
  }

  private static List<List<String>> conversations(Ran ran) {
    return ran.objects().stream().map(each -> texts(each.get("messages"))).toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
