package io.engage.core;

import io.engage.core.comparing.Comparing;
import io.engage.core.comparing.Comparing.Compared;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxTask.DeleteOnServer;
import io.engage.model.outbox.OutboxTask.MarkSeen;
import io.engage.spi.MailSource.MailboxSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what other programs did on the server to mails that are imported: read marks,
 * deletions, moves. It costs what changed, where the server counts changes.
 */
final class FolderComparison {
  private static final int ENTRIES_AT_ONCE = 1_000;
  private static final int PENDING_LOOKED_AT = 10_000;

  private final Parts parts;
  private final Comparing comparing = new Comparing();
  private final Map<ServerFolder, Long> validities = new HashMap<>();
  private Set<ServerUid> pendingBefore = Set.of();
  private int readMarks;
  private int left;

  FolderComparison(Parts parts) {
    this.parts = parts;
  }

  /**
   * Compares what had been imported when {@code before} was the cursor.
   *
   * @param state what the server said before anything was asked, so that what changes meanwhile is
   *     seen again the next time
   * @param fetched how many mails are new since {@code before}
   */
  void run(MailboxSession session, FolderState state, FolderCursor before, long fetched) {
    boolean mayHaveLeft = before.comparedMessages() + fetched != state.messages();
    boolean mayHaveChanged =
        state.highestModSeq() == 0 || state.highestModSeq() != before.comparedModSeq();
    if (before.lastUid() > 0 && (mayHaveLeft || mayHaveChanged)) {
      pendingBefore = pending();
      session.survey(before, survey -> take(survey, mayHaveLeft));
    }
    if (readMarks + left > 0 || isNews(state, before)) {
      parts.committing().retrying(() -> remember(state));
    }
  }

  private static boolean isNews(FolderState state, FolderCursor before) {
    return before.comparedMessages() != state.messages()
        || before.comparedModSeq() != state.highestModSeq();
  }

  private void take(FolderSurvey survey, boolean mayHaveLeft) {
    List<MessageId> ids = concerned(survey, mayHaveLeft);
    for (int from = 0; from < ids.size(); from += ENTRIES_AT_ONCE) {
      List<MessageId> some = ids.subList(from, Math.min(ids.size(), from + ENTRIES_AT_ONCE));
      Compared compared = parts.committing().retrying(() -> decideAndCommit(survey, some));
      readMarks += compared.readMarks();
      left += compared.left();
    }
  }

  /** What the survey speaks of: changed flags, and what is missing when something is. */
  private List<MessageId> concerned(FolderSurvey survey, boolean mayHaveLeft) {
    Set<MessageId> concerned = new LinkedHashSet<>();
    if (mayHaveLeft) {
      long after = survey.from() - 1;
      List<LedgerEntry> page = page(survey, after);
      while (!page.isEmpty()) {
        page.stream()
            .filter(entry -> speaksOf(survey, entry))
            .forEach(entry -> concerned.addAll(entry.messages()));
        after = page.get(page.size() - 1).uid().uid();
        page = after >= survey.to() ? List.of() : page(survey, after);
      }
    } else {
      List<ServerUid> changed =
          survey.seen().keySet().stream()
              .map(uid -> new ServerUid(survey.folder(), survey.uidValidity(), uid))
              .toList();
      parts
          .storage()
          .ledger()
          .entries(changed)
          .forEach(entry -> concerned.addAll(entry.messages()));
    }
    return List.copyOf(concerned);
  }

  private List<LedgerEntry> page(FolderSurvey survey, long after) {
    return parts
        .storage()
        .ledger()
        .entriesAfter(survey.folder(), survey.uidValidity(), after, ENTRIES_AT_ONCE);
  }

  private static boolean speaksOf(FolderSurvey survey, LedgerEntry entry) {
    long uid = entry.uid().uid();
    return uid <= survey.to() && (survey.seen().containsKey(uid) || !survey.isPresent(uid));
  }

  private Compared decideAndCommit(FolderSurvey survey, List<MessageId> ids) {
    List<Message> messages = parts.storage().inboxes().messages(ids);
    Set<ConversationId> conversationIds =
        messages.stream().map(Message::conversation).collect(Collectors.toSet());
    List<Conversation> conversations = parts.storage().inboxes().conversations(conversationIds);
    Compared compared =
        comparing.decide(
            survey,
            new Comparing.Known(
                messages,
                conversations,
                answered(survey, messages),
                otherPlaces(survey, messages),
                pendingAllAlong()));
    if (!compared.isEmpty()) {
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .conversations(compared.conversations())
                  .messages(compared.messages())
                  .audit(parts.committing().stamp(Actor.SERVER, compared.occurrences()))
                  .build());
    }
    return compared;
  }

  /** Asked only for what left the server, which is seldom. */
  private Set<ConversationId> answered(FolderSurvey survey, List<Message> messages) {
    Set<ConversationId> ofLeft =
        messages.stream()
            .filter(each -> hasLeft(each.state().onServer(), survey))
            .map(Message::conversation)
            .collect(Collectors.toSet());
    return ofLeft.isEmpty()
        ? Set.of()
        : parts.storage().search().messagesIn(ofLeft).stream()
            .filter(each -> each.direction() == Direction.OUTBOUND)
            .map(Message::conversation)
            .collect(Collectors.toSet());
  }

  /** The ledger's other entries of what left, under the UIDVALIDITY that each folder has now. */
  private Map<MessageId, List<ServerUid>> otherPlaces(FolderSurvey survey, List<Message> messages) {
    Set<MessageId> left =
        messages.stream()
            .filter(each -> hasLeft(each.state().onServer(), survey))
            .map(Message::id)
            .collect(Collectors.toSet());
    Map<MessageId, List<ServerUid>> places = new HashMap<>();
    if (!left.isEmpty()) {
      for (LedgerEntry entry : parts.storage().ledger().placesOf(left)) {
        if (isCurrent(entry.uid())) {
          entry
              .messages()
              .forEach(id -> places.computeIfAbsent(id, any -> new ArrayList<>()).add(entry.uid()));
        }
      }
    }
    return places;
  }

  private boolean isCurrent(ServerUid uid) {
    return validities
        .computeIfAbsent(
            uid.folder(),
            folder ->
                parts.storage().ledger().cursor(folder).map(FolderCursor::uidValidity).orElse(0L))
        .equals(uid.uidValidity());
  }

  /** What was pending when the server was asked, and what is now: of both its answer is old. */
  private Set<ServerUid> pendingAllAlong() {
    Set<ServerUid> all = new HashSet<>(pendingBefore);
    all.addAll(pending());
    return all;
  }

  private static boolean hasLeft(@Nullable ServerUid uid, FolderSurvey survey) {
    return uid != null && !survey.isPresent(uid.uid());
  }

  private Set<ServerUid> pending() {
    Set<ServerUid> pending = new HashSet<>();
    parts
        .storage()
        .outbox()
        .unsettled(PENDING_LOOKED_AT)
        .forEach(
            entry -> {
              if (entry.task() instanceof MarkSeen mark) {
                pending.addAll(mark.uids());
              } else if (entry.task() instanceof DeleteOnServer delete) {
                pending.addAll(delete.uids());
              }
            });
    return pending;
  }

  /** The cursor may have been moved by another reader; then that one compares. */
  private boolean remember(FolderState state) {
    FolderCursor stored = parts.storage().ledger().cursor(state.folder()).orElse(null);
    if (stored != null && stored.uidValidity() != state.uidValidity()) {
      return false;
    }
    FolderCursor reached =
        stored == null ? FolderCursor.start(state.folder(), state.uidValidity()) : stored;
    List<Occurrence> occurrences = new ArrayList<>();
    occurrences.add(
        new Occurrence(AuditSubject.NONE, new AuditFact.Compared(state.folder(), readMarks, left)));
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .cursor(
                    new CursorMove(
                        stored, reached.compared(state.highestModSeq(), state.messages())))
                .audit(parts.committing().stamp(Actor.SERVER, occurrences))
                .build());
    return true;
  }
}
