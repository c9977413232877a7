package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.picturing.AgentStanding;
import io.engage.core.picturing.Boards;
import io.engage.core.picturing.Row;
import io.engage.core.picturing.Touched;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.InboxPicture;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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

  private static final int MOST_AT_ONCE = 500;

  private final Parts parts;
  private final BoardReader reader;
  private volatile Boards boards = new Boards();
  private Map<InboxId, Inbox> inboxes = Map.of();
  private Map<AgentId, CallState> calls = Map.of();
  private boolean callsKnown;
  private long callsAsked;
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

  /** Whether this conversation counts on one of the boards. Any thread may ask. */
  boolean has(ConversationId conversation) {
    return boards.has(conversation);
  }

  /** The questions to the store grow with what happened, not with what there is. */
  void apply(Touched touched, Instant now) {
    Map<AgentId, Instant> agents = new LinkedHashMap<>(touched.agents());
    List<ConversationId> conversations = List.copyOf(touched.conversations().keySet());
    for (int from = 0; from < conversations.size(); from += MOST_AT_ONCE) {
      int to = Math.min(conversations.size(), from + MOST_AT_ONCE);
      for (Conversation each :
          parts.storage().inboxes().conversations(conversations.subList(from, to))) {
        boards.put(Row.of(each));
        Instant at = requireNonNull(touched.conversations().get(each.id()));
        concerned(each).forEach(agent -> agents.merge(agent, at, LiveBoards::later));
      }
    }
    if (touched.settings()) {
      inboxes = Map.of();
      boards.busy().forEach(agent -> agents.putIfAbsent(agent, now));
    }
    agents.keySet().removeIf(each -> !boards.knows(each));
    for (AgentStanding each : reader.standings(agents.keySet())) {
      boards.put(each, requireNonNull(agents.get(each.agent())));
    }
    touched.inboxes().stream().filter(boards::has).forEach(boards::close);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
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
          parts.storage().inboxes().inboxes(watched.keySet()).stream()
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
      callsKnown = false;
    }
  }

  /** What did not change is not looked at, however much of it is watched. */
  void show(Map<InboxId, Newest<InboxPicture>> watched, Instant now) {
    Set<InboxId> stirred = boards.stirred(calls(), now);
    watched.forEach(
        (inbox, screen) -> {
          if (boards.has(inbox) && (stirred.contains(inbox) || screen.find().isEmpty())) {
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

  /** The telephone system is asked no more often than the chain. */
  private Map<AgentId, CallState> calls() {
    long now = System.nanoTime();
    if (!callsKnown || now - callsAsked >= ChainFollower.PAUSE.toNanos()) {
      calls = callStates(boards);
      callsAsked = now;
      callsKnown = true;
    }
    return calls;
  }

  private Map<AgentId, CallState> callStates(Boards shown) {
    return new Calls(parts).of(List.copyOf(shown.agents()));
  }
}
