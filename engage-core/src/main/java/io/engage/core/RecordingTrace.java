package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.Message;
import java.util.List;

/** What whoever looks at recordings, or takes them along, leaves in the audit trail. */
final class RecordingTrace {
  private final Parts parts;
  private final Permitting permitting;

  RecordingTrace(Parts parts, Permitting permitting) {
    this.parts = parts;
    this.permitting = permitting;
  }

  void viewed(Conversation conversation) {
    record(subjectOf(conversation), new AuditFact.RecordingViewed());
  }

  void viewed(Message message) {
    record(subjectOf(message), new AuditFact.RecordingViewed());
  }

  void exported(Message message, String form) {
    record(subjectOf(message), new AuditFact.RecordingExported(form));
  }

  void exported(List<Conversation> conversations, String form) {
    record(
        conversations.stream()
            .map(each -> new Occurrence(subjectOf(each), new AuditFact.RecordingExported(form)))
            .toList());
  }

  private void record(AuditSubject subject, AuditFact fact) {
    record(List.of(new Occurrence(subject, fact)));
  }

  private void record(List<Occurrence> occurrences) {
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .audit(parts.committing().stamp(Actor.agent(permitting.agent()), occurrences))
                .build());
  }

  private static AuditSubject subjectOf(Conversation conversation) {
    return AuditSubject.of(conversation.inbox(), conversation.id());
  }

  private static AuditSubject subjectOf(Message message) {
    return AuditSubject.of(message.inbox(), message.conversation(), message.id());
  }
}
