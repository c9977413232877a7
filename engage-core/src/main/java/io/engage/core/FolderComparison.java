package io.engage.core;

import io.engage.core.comparing.Comparing;
import io.engage.core.comparing.Comparing.Compared;
import io.engage.core.working.Unasking;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask.DeleteOnServer;
import io.engage.model.outbox.OutboxTask.MarkSeen;
import io.engage.spi.MailSource.MailboxSession;
import java.time.Instant;
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
  private static final long LARGEST_UID = 4_294_967_295L;

  private final Parts parts;
  private final Runnable beforeCommit;
  private final FlagPace pace;
  private final ServerWishes serverWishes;
  private final Comparing comparing = new Comparing();
  private final CurrentNumbering numbering;
  private Set<ServerUid> pendingBefore = Set.of();
  private int readMarks;
  private int left;
  private int back;
  private int deletedAgain;

  /**
   * @param beforeCommit done before each commit, to keep the right to read the account
   */
  FolderComparison(Parts parts, Runnable beforeCommit) {
    this(parts, beforeCommit, new FlagPace(parts.clock()));
  }

  /**
   * @param pace of the looks before
   */
  FolderComparison(Parts parts, Runnable beforeCommit, FlagPace pace) {
    this.parts = parts;
    this.pace = pace;
    this.beforeCommit = beforeCommit;
    this.serverWishes = new ServerWishes(parts);
    this.numbering = new CurrentNumbering(parts.storage().ledger());
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
        state.highestModSeq() == 0
            ? pace.isDue(state)
            : state.highestModSeq() != before.comparedModSeq();
    if (before.lastUid() > 0 && (mayHaveLeft || mayHaveChanged)) {
      compare(session, before, mayHaveLeft);
      pace.wasListed(state);
    }
    leaveEarlierNumberings(state);
    if (changes() > 0 || isNews(state, before)) {
      beforeCommit.run();
      parts.committing().retrying(() -> remember(state));
    }
  }

  /**
   * Compares everything up to {@code whole}, whatever the server says of changes.
   *
   * @return how many mails were different
   */
  long runWhole(MailboxSession session, FolderCursor whole) {
    if (whole.lastUid() > 0) {
      compare(session, whole.compared(0, 0), true);
    }
    return changes();
  }

  private void compare(MailboxSession session, FolderCursor upTo, boolean mayHaveLeft) {
    pendingBefore = pending(upTo.folder().account());
    session.survey(upTo, survey -> take(survey, mayHaveLeft));
  }

  /**
   * Everything that is in the folder now has been matched with what was known, so what has only its
   * place under an earlier UIDVALIDITY is gone.
   */
  private void leaveEarlierNumberings(FolderState state) {
    List<LedgerEntry> outdated = outdated(state);
    while (!outdated.isEmpty()) {
      Map<Long, List<ServerUid>> byNumbering =
          outdated.stream()
              .map(LedgerEntry::uid)
              .collect(Collectors.groupingBy(ServerUid::uidValidity));
      byNumbering.forEach(
          (uidValidity, uids) -> {
            FolderSurvey nothing =
                new FolderSurvey(state.folder(), uidValidity, 1, LARGEST_UID, List.of(), Map.of());
            beforeCommit.run();
            parts.committing().retrying(() -> decideAndCommit(nothing, uids));
          });
      outdated = outdated(state);
    }
  }

  private List<LedgerEntry> outdated(FolderState state) {
    return parts.storage().ledger().outdated(state.folder(), state.uidValidity(), ENTRIES_AT_ONCE);
  }

  private long changes() {
    return (long) readMarks + left + back + deletedAgain;
  }

  private static boolean isNews(FolderState state, FolderCursor before) {
    return before.comparedMessages() != state.messages()
        || before.comparedModSeq() != state.highestModSeq();
  }

  private void take(FolderSurvey survey, boolean mayHaveLeft) {
    List<ServerUid> uids = concerned(survey, mayHaveLeft);
    for (int from = 0; from < uids.size(); from += ENTRIES_AT_ONCE) {
      List<ServerUid> some = uids.subList(from, Math.min(uids.size(), from + ENTRIES_AT_ONCE));
      beforeCommit.run();
      parts.committing().retrying(() -> decideAndCommit(survey, some));
    }
  }

  /** What the survey speaks of: changed flags, and what left or came back when something did. */
  private List<ServerUid> concerned(FolderSurvey survey, boolean mayHaveLeft) {
    List<ServerUid> concerned = new ArrayList<>();
    if (mayHaveLeft) {
      long after = survey.from() - 1;
      List<LedgerEntry> page = page(survey, after);
      while (!page.isEmpty()) {
        page.stream()
            .filter(entry -> speaksOf(survey, entry))
            .map(LedgerEntry::uid)
            .forEach(concerned::add);
        after = page.get(page.size() - 1).uid().uid();
        page = after >= survey.to() ? List.of() : page(survey, after);
      }
    } else {
      survey.seen().keySet().stream()
          .map(uid -> new ServerUid(survey.folder(), survey.uidValidity(), uid))
          .forEach(concerned::add);
    }
    return concerned;
  }

  private List<LedgerEntry> page(FolderSurvey survey, long after) {
    return parts
        .storage()
        .ledger()
        .entriesAfter(survey.folder(), survey.uidValidity(), after, ENTRIES_AT_ONCE);
  }

  private static boolean speaksOf(FolderSurvey survey, LedgerEntry entry) {
    return entry.uid().uid() <= survey.to()
        && (survey.seen().containsKey(entry.uid().uid())
            || hasLeft(survey, entry)
            || isBack(survey, entry)
            || isTombstonePresent(survey, entry));
  }

  private static boolean hasLeft(FolderSurvey survey, LedgerEntry entry) {
    return entry.leftAt() == null
        && entry.state() != LedgerEntry.State.TOMBSTONE
        && !survey.isPresent(entry.uid().uid());
  }

  private static boolean isBack(FolderSurvey survey, LedgerEntry entry) {
    return entry.leftAt() != null && survey.isPresent(entry.uid().uid());
  }

  private static boolean isTombstonePresent(FolderSurvey survey, LedgerEntry entry) {
    return entry.state() == LedgerEntry.State.TOMBSTONE && survey.isPresent(entry.uid().uid());
  }

  private boolean decideAndCommit(FolderSurvey survey, List<ServerUid> uids) {
    List<LedgerEntry> entries = parts.storage().ledger().entries(uids);
    List<LedgerEntry> gone = entries.stream().filter(each -> hasLeft(survey, each)).toList();
    List<LedgerEntry> shown = entries.stream().filter(each -> isBack(survey, each)).toList();
    List<Message> messages = messagesOf(entries);
    List<Conversation> conversations =
        parts
            .storage()
            .inboxes()
            .conversations(
                messages.stream().map(Message::conversation).collect(Collectors.toSet()));
    Set<ServerUid> pending = pendingAllAlong(survey.folder().account());
    Compared compared =
        comparing.decide(
            survey,
            new Comparing.Known(
                messages,
                conversations,
                answered(survey, messages),
                otherPlaces(survey, messages),
                placesShown(shown),
                gone.stream().flatMap(each -> each.messages().stream()).collect(Collectors.toSet()),
                pending));
    Set<ServerUid> undead =
        entries.stream()
            .filter(each -> isTombstonePresent(survey, each))
            .map(LedgerEntry::uid)
            .filter(uid -> !pending.contains(uid))
            .collect(Collectors.toSet());
    List<Occurrence> unasked = Unasking.decide(conversations, compared.conversations());
    commit(survey, compared.with(unasked), moves(gone, shown), undead);
    readMarks += compared.readMarks();
    left += compared.left();
    back += compared.back();
    deletedAgain += undead.size();
    return true;
  }

  private List<Message> messagesOf(List<LedgerEntry> entries) {
    Set<MessageId> ids = new LinkedHashSet<>();
    entries.stream()
        .filter(entry -> entry.state() != LedgerEntry.State.TOMBSTONE)
        .forEach(entry -> ids.addAll(entry.messages()));
    return ids.isEmpty() ? List.of() : parts.storage().inboxes().messages(ids);
  }

  private static Map<MessageId, ServerUid> placesShown(List<LedgerEntry> shown) {
    Map<MessageId, ServerUid> places = new HashMap<>();
    shown.forEach(entry -> entry.messages().forEach(id -> places.put(id, entry.uid())));
    return places;
  }

  /** What has left is remembered, so that it is known when it comes back. */
  private List<LedgerMove> moves(List<LedgerEntry> gone, List<LedgerEntry> shown) {
    Instant now = parts.clock().instant();
    List<LedgerMove> moves = new ArrayList<>();
    gone.forEach(each -> moves.add(new LedgerMove(each.state(), each.withLeftAt(now))));
    shown.forEach(each -> moves.add(new LedgerMove(each.state(), each.withLeftAt(null))));
    return moves;
  }

  private void commit(
      FolderSurvey survey, Compared compared, List<LedgerMove> moves, Set<ServerUid> undead) {
    if (compared.isEmpty() && moves.isEmpty() && undead.isEmpty()) {
      return;
    }
    List<Occurrence> occurrences = new ArrayList<>(compared.occurrences());
    undead.forEach(
        uid ->
            occurrences.add(
                new Occurrence(AuditSubject.NONE, new AuditFact.DeletionRepeated(uid))));
    if (occurrences.isEmpty()) {
      occurrences.add(
          new Occurrence(AuditSubject.NONE, new AuditFact.Compared(survey.folder(), 0, 0)));
    }
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .conversations(compared.conversations())
                .messages(compared.messages())
                .ledgerMoves(moves)
                .outbox(serverWishes.entries(compared.marks(), undead))
                .audit(parts.committing().stamp(Actor.SERVER, occurrences))
                .build());
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
        : Portions.messagesIn(parts.storage().search(), ofLeft)
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
        if (entry.leftAt() == null && numbering.isOf(entry.uid())) {
          entry
              .messages()
              .forEach(id -> places.computeIfAbsent(id, any -> new ArrayList<>()).add(entry.uid()));
        }
      }
    }
    return places;
  }

  /** What was pending when the server was asked, and what is now: of both its answer is old. */
  private Set<ServerUid> pendingAllAlong(AccountId account) {
    Set<ServerUid> all = new HashSet<>(pendingBefore);
    all.addAll(pending(account));
    return all;
  }

  private static boolean hasLeft(@Nullable ServerUid uid, FolderSurvey survey) {
    return uid != null && !survey.isPresent(uid.uid());
  }

  private Set<ServerUid> pending(AccountId account) {
    Set<ServerUid> pending = new HashSet<>();
    List<OutboxEntry> page = unsettled(account, null);
    while (!page.isEmpty()) {
      for (OutboxEntry entry : page) {
        if (entry.task() instanceof MarkSeen mark) {
          pending.addAll(mark.uids());
        } else if (entry.task() instanceof DeleteOnServer delete) {
          pending.addAll(delete.uids());
        }
      }
      page = unsettled(account, page.get(page.size() - 1).id());
    }
    return pending;
  }

  private List<OutboxEntry> unsettled(AccountId account, @Nullable OutboxId after) {
    return parts.storage().outbox().unsettledOf(account, after, ENTRIES_AT_ONCE);
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
