package io.engage.model.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-1")
@DisplayNameGeneration(ReplaceUnderscores.class)
class QueueDocumentsTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Agent CLARA = Agent.of("clara", "Clara Contreras");
  private static final InboxId WORKSHOP = InboxId.of("workshop");

  @Test
  void an_inbox_has_one_rotation_and_one_set_of_alarms() {
    Rotation rotation = new Rotation(WORKSHOP, CLARA.id(), 3, 0);

    assertThat(rotation.key()).isEqualTo(new DocumentKey(DocumentKey.Kind.ROTATION, "workshop"));
    assertThat(rotation.owner()).isEqualTo("workshop");
    assertThat(InboxAlarms.none(WORKSHOP).key())
        .isEqualTo(new DocumentKey(DocumentKey.Kind.INBOX_ALARMS, "workshop"));
  }

  @Test
  void an_agent_has_one_session_and_is_told_many_things() {
    AgentMessage message =
        new AgentMessage("2026-03-02T09:00:00Z/1", CLARA.id(), CLARA, "Please hurry", NINE, 0);

    assertThat(AgentSession.never(CLARA, NINE).key())
        .isEqualTo(new DocumentKey(DocumentKey.Kind.AGENT_SESSION, "clara"));
    assertThat(message.key())
        .isEqualTo(new DocumentKey(DocumentKey.Kind.AGENT_MESSAGE, "2026-03-02T09:00:00Z/1"));
    assertThat(message.owner()).isEqualTo("clara");
  }

  @Test
  void what_an_agent_is_told_is_in_no_log() {
    AgentMessage message =
        new AgentMessage("m1", AgentId.of("dario"), CLARA, "Ana’s watch first", NINE, 0);

    assertThat(message.toString()).isEqualTo("AgentMessage[m1]");
  }

  @Test
  void after_a_commit_everything_is_the_same_with_the_next_version() {
    InboxAlarms alarms = new InboxAlarms(WORKSHOP, Map.of(Threshold.ABANDONED, NINE), 0);

    assertThat(alarms.withVersion(7)).isEqualTo(new InboxAlarms(WORKSHOP, alarms.crossed(), 7));
    assertThat(new Rotation(WORKSHOP, CLARA.id(), 3, 0).withVersion(7))
        .isEqualTo(new Rotation(WORKSHOP, CLARA.id(), 3, 7));
    assertThat(AgentSession.never(CLARA, NINE).withVersion(7).version()).isEqualTo(7);
  }
}
