package io.engage.core.comparing;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what changes here when another program read, deleted or moved mails on the server. A read
 * mark there is a read mark here. What left the server stays when anybody here had to do with it,
 * and is no longer shown otherwise.
 */
public final class Comparing {

  /**
   * What is known of the mails of a survey.
   *
   * @param messages those that lie on the server, or lay there, as far as it is known here
   * @param conversations theirs
   * @param answered those of the conversations in which somebody here has written
   * @param otherPlaces where else on the server a message lies, as far as it is known here
   * @param shown which mail of the survey a message is that had left the server
   * @param copiesGone messages of which a mail of the survey has left the server
   * @param pending mails of which the server has yet to be told something; the read marks that it
   *     has of them are old
   */
  public record Known(
      List<Message> messages,
      List<Conversation> conversations,
      Set<ConversationId> answered,
      Map<MessageId, List<ServerUid>> otherPlaces,
      Map<MessageId, ServerUid> shown,
      Set<MessageId> copiesGone,
      Set<ServerUid> pending) {}

  /**
   * What changes.
   *
   * @param marks mails that the server has to be told to be read, or not to be
   */
  public record Compared(
      List<Conversation> conversations,
      List<Message> messages,
      List<Occurrence> occurrences,
      int readMarks,
      int left,
      int back,
      Map<ServerUid, Boolean> marks) {

    public boolean isEmpty() {
      return occurrences.isEmpty();
    }

    /** With what else is to be said of it. */
    public Compared with(List<Occurrence> more) {
      List<Occurrence> all = new ArrayList<>(occurrences);
      all.addAll(more);
      return new Compared(conversations, messages, all, readMarks, left, back, marks);
    }
  }

  public Compared decide(FolderSurvey survey, Known known) {
    Draft draft = new Draft(known);
    for (Message message : known.messages()) {
      ServerUid uid = message.state().onServer();
      ServerUid shown = known.shown().get(message.id());
      if (uid != null && isOf(survey, uid)) {
        compare(message, uid, survey, known, draft);
      } else if (uid == null && shown != null && mayComeBack(message)) {
        mark(draft.back(message, shown), shown, survey, known, draft);
      } else if (uid != null && known.copiesGone().contains(message.id())) {
        draft.copyGone(message, uid);
      }
    }
    return draft.compared();
  }

  private static boolean mayComeBack(Message message) {
    Removal removal = message.state().removal();
    return removal == Removal.NONE || removal == Removal.BY_SERVER;
  }

  private static void compare(
      Message message, ServerUid uid, FolderSurvey survey, Known known, Draft draft) {
    if (!survey.isPresent(uid.uid())) {
      draft.gone(message, stillThere(survey, uid, known.otherPlaces().get(message.id())));
      return;
    }
    if (known.copiesGone().contains(message.id())) {
      draft.copyGone(message, uid);
    }
    mark(message, uid, survey, known, draft);
  }

  private static void mark(
      Message message, ServerUid uid, FolderSurvey survey, Known known, Draft draft) {
    Boolean seen = survey.seen().get(uid.uid());
    if (seen != null
        && seen != message.state().read()
        && (seen || asksForALook(message))
        && !known.pending().contains(uid)) {
      draft.marked(message, seen);
    }
  }

  /** What nobody has to look at counts as read here, though nobody has read it there. */
  private static boolean asksForALook(Message message) {
    return message.kind().isWorthALook();
  }

  /** Another copy of it: in this folder the survey knows, of the others the ledger is believed. */
  private static Optional<ServerUid> stillThere(
      FolderSurvey survey, ServerUid gone, @Nullable List<ServerUid> places) {
    return places == null
        ? Optional.empty()
        : places.stream()
            .filter(place -> !place.equals(gone))
            .filter(place -> isOf(survey, place) ? survey.isPresent(place.uid()) : true)
            .findFirst();
  }

  private static boolean isOf(FolderSurvey survey, ServerUid uid) {
    return uid.folder().equals(survey.folder())
        && uid.uidValidity() == survey.uidValidity()
        && uid.uid() >= survey.from()
        && uid.uid() <= survey.to();
  }

  /** Two messages may be of one conversation, so each sees what the one before changed. */
  private static final class Draft {
    private final Set<ConversationId> answered;
    private final Map<ConversationId, Conversation> conversations = new LinkedHashMap<>();
    private final Map<ConversationId, Conversation> changed = new LinkedHashMap<>();
    private final Map<MessageId, Message> messages = new LinkedHashMap<>();
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final Map<ServerUid, Boolean> marks = new LinkedHashMap<>();
    private int readMarks;
    private int left;
    private int back;

    Draft(Known known) {
      answered = known.answered();
      known.conversations().forEach(each -> conversations.put(each.id(), each));
    }

    void marked(Message message, boolean read) {
      readMarks++;
      messages.put(message.id(), message.withState(message.state().withRead(read)));
      count(message, 0, read ? -1 : 1);
      note(message, read ? new AuditFact.MarkedRead() : new AuditFact.MarkedUnread());
    }

    /** Nobody has followed the marks of the other copy so far, so it gets those of the message. */
    void gone(Message message, Optional<ServerUid> other) {
      if (other.isPresent()) {
        messages.put(message.id(), message.withState(message.state().withOnServer(other.get())));
        if (asksForALook(message)) {
          marks.put(other.get(), message.state().read());
        }
        note(message, new AuditFact.MovedOnServer(other.get()));
      } else {
        left(message);
      }
    }

    /** The server had only hidden it: it lies where it lay. */
    Message back(Message message, ServerUid uid) {
      back++;
      if (message.state().deleted()) {
        count(message, 1, message.state().read() ? 0 : 1);
      }
      Message shown = message.withState(message.state().restored(uid));
      messages.put(message.id(), shown);
      note(message, new AuditFact.CameBack());
      return shown;
    }

    void copyGone(Message message, ServerUid left) {
      note(message, new AuditFact.MovedOnServer(left));
    }

    private void left(Message message) {
      left++;
      boolean stays = isOfConcern(message);
      Message.State state =
          stays ? message.state().withOnServer(null) : message.state().removed(Removal.BY_SERVER);
      messages.put(message.id(), message.withState(state));
      if (!stays) {
        count(message, -1, message.state().read() ? 0 : -1);
      }
      note(message, new AuditFact.LeftServer(stays));
    }

    private boolean isOfConcern(Message message) {
      Conversation conversation = conversations.get(message.conversation());
      return message.state().customer() != null
          || answered.contains(message.conversation())
          || conversation == null
          || conversation.state().customer() != null
          || conversation.state().assignee() != null;
    }

    private void count(Message message, int more, int unread) {
      Conversation conversation = conversations.get(message.conversation());
      if (conversation != null) {
        Conversation counted =
            conversation.withCounts(conversation.messages() + more, conversation.unread() + unread);
        conversations.put(counted.id(), counted);
        changed.put(counted.id(), counted);
      }
    }

    private void note(Message message, AuditFact fact) {
      occurrences.add(
          new Occurrence(
              AuditSubject.of(message.inbox(), message.conversation(), message.id()), fact));
    }

    Compared compared() {
      return new Compared(
          List.copyOf(changed.values()),
          List.copyOf(messages.values()),
          List.copyOf(occurrences),
          readMarks,
          left,
          back,
          Map.copyOf(marks));
    }
  }
}
