package io.engage.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentState;
import io.engage.model.queue.Colour;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Threshold;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is stored is stored for ever: add to these lists, never change them. */
@Tag("PO-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredNamesTest {

  @Test
  void kinds_of_documents_keep_their_names() {
    assertThat(codes(DocumentKey.Kind.values(), DocumentKey.Kind::code))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrder(
            "account",
            "account-mailbox",
            "template",
            "quick-replies",
            "note",
            "sent-draft",
            "rating",
            "answer-budget",
            "held-mail",
            "held-trace",
            "customer-merge",
            "customer-move",
            "blob-removal",
            "suppression",
            "sms-number",
            "sms-policy",
            "sms-consent",
            "sms-arrival",
            "sms-dispatch",
            "campaign",
            "campaign-list",
            "campaign-attachment",
            "agent-session",
            "agent-message",
            "rotation",
            "inbox-alarms");
  }

  @Test
  @Tag("TH-6")
  void what_agents_may_want_to_do_keeps_its_names() {
    assertThat(codes(AgentAction.values(), AgentAction::code))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrder(
            "read",
            "assign",
            "link",
            "create-customer",
            "reply",
            "complete",
            "delete",
            "transfer",
            "note",
            "tag",
            "write",
            "forward",
            "send-sms",
            "create-to-do",
            "book-appointment",
            "merge-customers",
            "manage-templates",
            "manage-clienteling",
            "read-audit",
            "read-ratings",
            "export-person",
            "erase-person",
            "let-in",
            "manage-campaigns",
            "run-campaigns",
            "read-campaigns",
            "be-offered",
            "supervise",
            "steer-agents",
            "spy",
            "monitor-screen",
            "read-recordings",
            "export-recordings",
            "sync",
            "configure");
  }

  @Test
  @Tag("DI-2")
  void strategies_have_the_names_of_the_contact_centre() {
    assertThat(codes(Eligibility.values(), Eligibility::code))
        .containsExactlyInAnyOrder(
            "incall", "nocall", "interaction", "ringall", "ringallmultiple", "omni", "nopause");
    assertThat(codes(Distribution.values(), Distribution::code))
        .containsExactlyInAnyOrder(
            "wrandom", "rrmemory", "leastrecent", "fewest", "random", "linear");
    assertThat(codes(Strategy.Away.values(), Strategy.Away::code))
        .containsExactlyInAnyOrder("waits", "queues");
  }

  @Test
  @Tag("DI-1")
  void states_and_thresholds_keep_their_names() {
    assertThat(codes(QueueState.values(), QueueState::code))
        .containsExactlyInAnyOrder("queued", "offered", "active", "idle", "completed");
    assertThat(codes(Threshold.values(), Threshold::code))
        .containsExactlyInAnyOrder("longest-wait", "abandoned", "longest-handling", "most-waiting");
  }

  @Test
  @Tag("DI-5")
  void what_the_live_view_shows_keeps_its_names() {
    assertThat(codes(AgentState.values(), AgentState::code))
        .containsExactlyInAnyOrder("offline", "free", "busy", "free-on-break", "busy-on-break");
    assertThat(codes(Colour.values(), Colour::code))
        .containsExactlyInAnyOrder("green", "yellow", "red");
  }

  private static <T> List<String> codes(T[] values, Function<T, String> code) {
    return Arrays.stream(values).map(code).toList();
  }
}
