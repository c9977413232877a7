package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.picturing.AgentStanding;
import io.engage.core.picturing.Boards;
import io.engage.core.picturing.Row;
import io.engage.core.picturing.Touched;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.InboxPicture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the boards of the inboxes at which somebody looks: what an audit entry names is read again,
 * and counted as it is by then. One thread at a time.
 */
final class LiveBoards {

  /** How long whoever lost the right may still look, at most. */
  static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(30);

  private static final int ENTRIES_AT_ONCE = 500;

  private final Parts parts;
  private final BoardReader reader;
  private Boards boards = new Boards();
  private Map<InboxId, Inbox> inboxes = Map.of();
  private Instant nextQuestion = Instant.MIN;

  LiveBoards(Parts parts) {
    this.parts = parts;
    this.reader = new BoardReader(parts.storage());
  }

  /** The picture of an inbox that is not kept. Any thread may ask for it. */
  InboxPicture once(Inbox inbox) {
    Boards one = new Boards();
    Instant now = parts.clock().instant();
    reader.open(one, inbox, now);
    return one.picture(inbox.id(), callStates(one), now);
  }

  void forget() {
    boards = new Boards();
    inboxes = Map.of();
  }

  /** The questions to the store grow with what happened, not with what there is. */
  void apply(List<AuditEntry> entries) {
    for (int from = 0; from < entries.size(); from += ENTRIES_AT_ONCE) {
      List<AuditEntry> some =
          entries.subList(from, Math.min(entries.size(), from + ENTRIES_AT_ONCE));
      apply(Touched.decide(some, boards::has, boards::has));
    }
  }

  private void apply(Touched touched) {
    Set<AgentId> seen = boards.agents();
    Map<AgentId, Instant> agents = new HashMap<>(touched.agents());
    Map<ConversationId, Conversation> read = read(touched.conversations().keySet());
    touched
        .conversations()
        .forEach(
            (id, at) -> {
              Conversation conversation = read.get(id);
              if (conversation != null) {
                boards.put(Row.of(conversation));
                concerned(conversation).forEach(each -> agents.put(each, at));
              }
            });
    agents.keySet().retainAll(seen);
    for (AgentStanding each : reader.standings(agents.keySet())) {
      boards.put(each, requireNonNull(agents.get(each.agent())));
    }
    touched.inboxes().stream().filter(boards::has).forEach(boards::close);
    inboxes = touched.settings() ? Map.of() : inboxes;
  }

  private Map<ConversationId, Conversation> read(Set<ConversationId> ids) {
    return ids.isEmpty()
        ? Map.of()
        : parts.storage().inboxes().conversations(ids).stream()
            .collect(Collectors.toMap(Conversation::id, Function.identity()));
  }

  /** Whose work it is, or was. */
  private static Stream<AgentId> concerned(Conversation conversation) {
    return Stream.concat(
        conversation.findAssignee().stream(), conversation.state().service().handlers().stream());
  }

  /** What is opened now is read after its changes began to be followed, so that none is missed. */
  void openAndClose(Map<InboxId, Newest<InboxPicture>> watched, Instant now) {
    if (!inboxes.keySet().containsAll(watched.keySet())) {
      inboxes =
          parts.storage().inboxes().inboxes().stream()
              .collect(Collectors.toMap(Inbox::id, Function.identity()));
    }
    boards.inboxes().stream()
        .filter(each -> !watched.containsKey(each) || !inboxes.containsKey(each))
        .forEach(boards::close);
    watched.forEach((id, screen) -> open(id, screen, now));
    reader.meet(boards);
  }

  private void open(InboxId id, Newest<InboxPicture> screen, Instant now) {
    Inbox inbox = inboxes.get(id);
    if (inbox == null) {
      screen.end();
    } else if (boards.has(id) && boards.hasZoneOf(inbox)) {
      boards.set(inbox, now);
    } else {
      reader.open(boards, inbox, now);
    }
  }

  void show(Map<InboxId, Newest<InboxPicture>> watched, Instant now) {
    Map<AgentId, CallState> calls = callStates(boards);
    watched.forEach(
        (inbox, screen) -> {
          if (boards.has(inbox)) {
            show(boards.picture(inbox, calls, now), screen);
          }
        });
    if (!now.isBefore(nextQuestion)) {
      nextQuestion = now.plus(BETWEEN_QUESTIONS);
      watched.values().forEach(Newest::endWhereNotAllowed);
    }
  }

  private static void show(InboxPicture picture, Newest<InboxPicture> screen) {
    if (screen.find().filter(picture::shows).isEmpty()) {
      screen.show(picture);
    }
  }

  private Map<AgentId, CallState> callStates(Boards shown) {
    return new Calls(parts).of(new ArrayList<>(shown.agents()));
  }
}
