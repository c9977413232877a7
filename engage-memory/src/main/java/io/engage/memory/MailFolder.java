package io.engage.memory;

import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A folder on the server in memory. Whoever uses it holds the lock of {@link MailServer}. */
final class MailFolder {
  private final ServerFolder place;
  private final TreeMap<Long, Mail> mails = new TreeMap<>();
  private long uidValidity;
  private long lastUid;
  private long highestModSeq = 1;

  /**
   * A mail and its flags.
   *
   * @param modSeq when it came or its flags changed last, as the folder counts
   */
  record Mail(byte[] source, Instant receivedAt, boolean seen, boolean markedDeleted, long modSeq) {
    static Mail of(byte[] source, Instant receivedAt, boolean seen) {
      return new Mail(source, receivedAt, seen, false, 0);
    }

    Mail withFlags(boolean nowSeen, boolean nowMarkedDeleted) {
      return new Mail(source, receivedAt, nowSeen, nowMarkedDeleted, modSeq);
    }

    Mail changedAt(long now) {
      return new Mail(source, receivedAt, seen, markedDeleted, now);
    }

    private boolean hasFlags(boolean theSeen, boolean theMarkedDeleted) {
      return seen == theSeen && markedDeleted == theMarkedDeleted;
    }
  }

  MailFolder(ServerFolder place, long uidValidity) {
    this.place = place;
    this.uidValidity = uidValidity;
  }

  ServerUid add(Mail mail) {
    mails.put(++lastUid, mail.changedAt(++highestModSeq));
    return uid(lastUid);
  }

  /** What an administrator does who copies the folder away and back. */
  void renumber(long newUidValidity) {
    List<Mail> kept = new ArrayList<>(mails.values());
    mails.clear();
    lastUid = 0;
    uidValidity = newUidValidity;
    kept.forEach(this::add);
  }

  ServerUid uid(long uid) {
    return new ServerUid(place, uidValidity, uid);
  }

  long uidValidity() {
    return uidValidity;
  }

  long lastUid() {
    return lastUid;
  }

  /** Grows with whatever happens to its mails (RFC 7162). */
  long highestModSeq() {
    return highestModSeq;
  }

  NavigableMap<Long, Mail> mails() {
    return mails;
  }

  /** The mail with this identity; null when there is none any more. */
  @Nullable Mail find(ServerUid uid) {
    return isMine(uid) ? mails.get(uid.uid()) : null;
  }

  void markSeen(ServerUid uid, boolean seen) {
    change(uid, mail -> mail.withFlags(seen, mail.markedDeleted()));
  }

  void markDeleted(ServerUid uid) {
    change(uid, mail -> mail.withFlags(mail.seen(), true));
  }

  /** What changes nothing is not counted. */
  private void change(ServerUid uid, UnaryOperator<Mail> change) {
    Mail before = find(uid);
    Mail after = before == null ? null : change.apply(before);
    if (before != null && after != null && !before.hasFlags(after.seen(), after.markedDeleted())) {
      mails.put(uid.uid(), after.changedAt(++highestModSeq));
    }
  }

  /**
   * @return whether it was there
   */
  boolean remove(ServerUid uid) {
    boolean removed = isMine(uid) && mails.remove(uid.uid()) != null;
    highestModSeq += removed ? 1 : 0;
    return removed;
  }

  private boolean isMine(ServerUid uid) {
    return uid.folder().equals(place) && uid.uidValidity() == uidValidity;
  }
}
