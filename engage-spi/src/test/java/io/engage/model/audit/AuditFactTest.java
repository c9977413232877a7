package io.engage.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-10")
class AuditFactTest {

  /** What is stored is stored for ever: add to this list, never change it. */
  private static final List<String> STORED_NAMES =
      List.of(
          "account-configured",
          "account-deleted",
          "account-refused",
          "action-refused",
          "agent-looked-at",
          "agent-messaged",
          "agent-message-seen",
          "appointment-booked",
          "assigned",
          "audit-exported",
          "bounced",
          "break-begun",
          "break-ended",
          "bytes-erased",
          "came-back",
          "campaign-cancelled",
          "campaign-file-removed",
          "campaign-file-uploaded",
          "campaign-finished",
          "campaign-removed",
          "campaign-resumed",
          "campaign-saved",
          "campaign-started",
          "campaign-stopped",
          "list-import-begun",
          "list-imported",
          "list-removed",
          "list-switched",
          "offer-declined",
          "offer-unanswered",
          "offer-withdrawn",
          "offered",
          "recipients-exported",
          "recipients-recounted",
          "recipients-resolved",
          "recording-exported",
          "recording-viewed",
          "requeued",
          "screen-monitored",
          "signed-in",
          "signed-out",
          "spied",
          "test-sent",
          "suppressed",
          "compared",
          "completed",
          "confirmation-withheld",
          "confirmed",
          "consent-changed",
          "consent-needed",
          "conversation-joined",
          "conversation-opened",
          "conversation-started",
          "copies-changed",
          "customer-created",
          "customers-merged",
          "deleted",
          "deletion-repeated",
          "done-on-server",
          "filed-under",
          "files-discarded",
          "folder-renumbered",
          "event-announced",
          "forwarded",
          "handed-back",
          "ignored",
          "imported",
          "inbox-configured",
          "inbox-deleted",
          "left-server",
          "let-in",
          "gateway-names-forgotten",
          "held-deleted",
          "held-transferred",
          "ratings-transferred",
          "linked-to-customer",
          "mailbox-recovered",
          "mailbox-silent",
          "marked-read",
          "marked-unread",
          "members-changed",
          "merge-undone",
          "moved-on-server",
          "note-removed",
          "noted",
          "person-erased",
          "person-exported",
          "priority-changed",
          "quarantined",
          "quick-replies-changed",
          "rated",
          "received",
          "reopened",
          "reply-queued",
          "retention-applied",
          "rules-applied",
          "send-doubt-lifted",
          "send-failed",
          "send-in-doubt",
          "send-postponed",
          "send-retried",
          "send-withdrawn",
          "sent",
          "server-task-postponed",
          "sms-enabled",
          "sms-held",
          "sms-onboarded",
          "sms-policy-changed",
          "sms-queued",
          "sms-released",
          "sms-reported",
          "sync-requested",
          "tagged",
          "template-changed",
          "template-deleted",
          "threshold-cleared",
          "threshold-crossed",
          "to-do-created",
          "transferred",
          "unlinked",
          "untagged");

  @Test
  void stored_names_are_unique_and_never_change() {
    assertThat(Arrays.stream(AuditFact.class.getPermittedSubclasses()).map(AuditFactTest::codeOf))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(STORED_NAMES);
  }

  private static String codeOf(Class<?> fact) {
    try {
      Class<?>[] types =
          Arrays.stream(fact.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = fact.getDeclaredConstructor(types);
      Object[] values = Arrays.stream(types).map(AuditFactTest::anyOf).toArray();
      return ((AuditFact) constructor.newInstance(values)).code();
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new AssertionError("A fact cannot be made: " + fact.getSimpleName(), e);
    }
  }

  private static Object anyOf(Class<?> type) {
    if (type == int.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == boolean.class) {
      return true;
    } else if (type == String.class) {
      return "x";
    } else if (type == List.class) {
      return List.of();
    }
    return type == Instant.class ? Instant.EPOCH : null;
  }
}
