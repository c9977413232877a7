package io.engage.core.receiving;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows known mails to new places: the folder was renumbered, they were moved, copied, or put
 * back.
 *
 * <p>What was done here and did not reach the mail at its old place has to reach it at the new one:
 * what an agent deleted is deleted there, what was read is marked as read there. What somebody read
 * there is read here. But what our deletion took from the server and somebody puts there again is
 * theirs: it stays there, and stays deleted here.
 */
final class Locating {
  private final Draft draft;
  private final Set<MessageId> deleted;

  /**
   * @param deleted messages whose deletion has reached the server
   */
  Locating(Draft draft, Set<MessageId> deleted) {
    this.draft = draft;
    this.deleted = deleted;
  }

  /**
   * @param present the messages that the mail is, one for each inbox that shows it
   */
  void decide(FetchedMail mail, List<Message> present) {
    if (isDeletionOwed(present)) {
      draft.delete(mail.uid());
      draft.note(AuditSubject.NONE, new AuditFact.DeletionRepeated(mail.uid()));
      return;
    }
    List<Message> followed =
        present.stream()
            .filter(each -> each.direction() == Direction.INBOUND)
            .filter(each -> !isGoneForGood(each))
            .map(each -> followed(each, mail))
            .toList();
    if (!mail.seen() && !followed.isEmpty() && followed.stream().allMatch(Locating::wasRead)) {
      draft.markSeen(mail.uid());
    }
  }

  /** Whether an agent deleted it, and it was not there when the server was told so. */
  boolean isDeletionOwed(List<Message> present) {
    return areDeleted(present) && present.stream().noneMatch(each -> deleted.contains(each.id()));
  }

  static boolean areDeleted(List<Message> present) {
    return !present.isEmpty() && present.stream().allMatch(Locating::isGoneForGood);
  }

  private static boolean isGoneForGood(Message message) {
    Removal removal = message.state().removal();
    return removal == Removal.BY_AGENT || removal == Removal.ERASED;
  }

  /** It is stored though nothing changed, so that whoever deletes it meanwhile sees this place. */
  private Message followed(Message message, FetchedMail mail) {
    Message now = message.state().deleted() ? restored(message, mail.uid()) : moved(message, mail);
    Message read = mail.seen() && isHere(now, mail.uid()) ? read(now) : now;
    draft.put(read);
    return read;
  }

  private static boolean wasRead(Message message) {
    return message.state().read() && message.kind().isWorthALook();
  }

  private Message restored(Message message, ServerUid uid) {
    count(message, 1, message.state().read() ? 0 : 1);
    note(message, new AuditFact.CameBack());
    return message.withState(message.state().restored(uid));
  }

  private Message moved(Message message, FetchedMail mail) {
    ServerUid old = message.state().onServer();
    if (!isElsewhere(old, mail.uid())) {
      return message;
    }
    if (old == null) {
      note(message, new AuditFact.CameBack());
    }
    return message.withState(message.state().withOnServer(mail.uid()));
  }

  private Message read(Message message) {
    if (message.state().read()) {
      return message;
    }
    count(message, 0, -1);
    note(message, new AuditFact.MarkedRead());
    return message.withState(message.state().withRead(true));
  }

  private static boolean isHere(Message message, ServerUid uid) {
    return uid.equals(message.state().onServer());
  }

  private static boolean isElsewhere(@Nullable ServerUid old, ServerUid uid) {
    return old == null
        || !old.folder().equals(uid.folder())
        || old.uidValidity() != uid.uidValidity();
  }

  private void count(Message message, int more, int unread) {
    Optional.of(message.conversation())
        .flatMap(draft::conversation)
        .ifPresent(
            found -> draft.put(found.withCounts(found.messages() + more, found.unread() + unread)));
  }

  private void note(Message message, AuditFact fact) {
    draft.note(AuditSubject.of(message.inbox(), message.conversation(), message.id()), fact);
  }
}
