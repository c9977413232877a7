package io.engage.core.auditing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditForm;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSeal;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.MessageId;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-10")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SealedFormsTest {
  private static final AuditSubject SUBJECT =
      AuditSubject.of(Sample.workshop().id(), ConversationId.of("strap"), MessageId.of("m1"));

  /**
   * What was sealed once must give the same seal for ever: add the line of a new fact to {@code
   * sealed-forms.jsonl}, and never change one that was released.
   */
  @Test
  void every_fact_has_the_form_and_the_seal_that_it_had_in_the_first_version() throws IOException {
    List<String> lines =
        SampleFacts.every().stream()
            .map(fact -> AuditForm.lineOf(AuditLink.first(entry(fact))))
            .toList();

    assertThat(golden()).containsExactlyInAnyOrderElementsOf(lines);
  }

  @Test
  void a_seal_is_the_sha_256_of_canonical_json_that_anybody_can_write() {
    String json =
        "{\"actor\":{\"id\":\"clara\",\"kind\":\"agent\",\"name\":\"Clara Contreras\"},"
            + "\"at\":\"2026-03-02T09:00:00Z\",\"before\":\""
            + "0".repeat(64)
            + "\",\"details\":{\"priority\":3},\"fact\":\"priority-changed\",\"id\":\"e1\","
            + "\"sequence\":1,\"subject\":{\"conversation\":\"strap\",\"inbox\":\"workshop\","
            + "\"message\":\"m1\"}}";

    AuditLink link = AuditLink.first(entry(new AuditFact.PriorityChanged(3)));

    assertThat(link.seal()).isEqualTo(Sample.digest(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void what_is_not_there_is_left_out() {
    AuditEntry entry = Sample.entry("e1", AuditSubject.NONE, new AuditFact.HandedBack());

    assertThat(AuditForm.of(entry))
        .containsEntry("subject", Map.of())
        .containsEntry("details", Map.of());
  }

  @Test
  void half_a_character_is_not_taken_for_another_one() {
    AuditEntry half = entry(new AuditFact.Tagged("\ud83d"));
    AuditEntry other = entry(new AuditFact.Tagged("?"));

    assertThat(AuditLink.first(half).seal()).isNotEqualTo(AuditLink.first(other).seal());
    assertThat(AuditForm.lineOf(AuditLink.first(half))).contains("\"tag\":\"\\ud83d\"");
  }

  @Test
  void numbers_that_other_readers_would_round_are_written_as_text() {
    AuditEntry entry = entry(new AuditFact.AuditExported((1L << 53) + 1));

    assertThat(AuditForm.of(entry)).containsEntry("details", Map.of("upTo", "9007199254740993"));
  }

  @Test
  void the_place_is_sealed_too() {
    AuditEntry entry = entry(new AuditFact.Completed());

    assertThat(AuditSeal.of(2, AuditSeal.BEFORE_ALL, entry))
        .isNotEqualTo(AuditSeal.of(1, AuditSeal.BEFORE_ALL, entry));
  }

  @Test
  void what_is_no_form_of_an_entry_is_refused() {
    assertThatThrownBy(
            () -> AuditSeal.of(1, AuditSeal.BEFORE_ALL, Map.of("details", Map.of("share", 0.5))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_anchor_is_read_as_it_was_written_down() {
    AuditAnchor anchor = AuditLink.first(entry(new AuditFact.Completed())).anchor();

    assertThat(AuditAnchor.parse(anchor.toString())).isEqualTo(anchor);
    for (String wrong : List.of("", "1", ":", "x:" + anchor.seal(), "0:" + anchor.seal(), "-1:0")) {
      assertThatThrownBy(() -> AuditAnchor.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("An anchor is");
    }
  }

  private static AuditEntry entry(AuditFact fact) {
    return new AuditEntry(
        AuditEntryId.of("e1"), Sample.MONDAY, Actor.agent(Sample.clara()), SUBJECT, fact);
  }

  private static List<String> golden() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(SealedFormsTest.class.getResourceAsStream("sealed-forms.jsonl"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
