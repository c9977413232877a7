package io.engage.memory;

import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A folder on the server in memory. Whoever uses it holds the lock of {@link MailServer}. */
final class MailFolder {
  private final ServerFolder place;
  private final TreeMap<Long, Mail> mails = new TreeMap<>();
  private long uidValidity;
  private long lastUid;

  /** A mail and its flags. */
  record Mail(byte[] source, Instant receivedAt, boolean seen, boolean markedDeleted) {
    static Mail of(byte[] source, Instant receivedAt, boolean seen) {
      return new Mail(source, receivedAt, seen, false);
    }

    Mail withSeen(boolean now) {
      return new Mail(source, receivedAt, now, markedDeleted);
    }

    Mail withMarkedDeleted() {
      return new Mail(source, receivedAt, seen, true);
    }
  }

  MailFolder(ServerFolder place, long uidValidity) {
    this.place = place;
    this.uidValidity = uidValidity;
  }

  ServerUid add(Mail mail) {
    mails.put(++lastUid, mail);
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

  Map<Long, Mail> mails() {
    return mails;
  }

  /** The mail with this identity; null when there is none any more. */
  @Nullable Mail find(ServerUid uid) {
    return isMine(uid) ? mails.get(uid.uid()) : null;
  }

  void markSeen(ServerUid uid, boolean seen) {
    if (isMine(uid)) {
      mails.computeIfPresent(uid.uid(), (same, mail) -> mail.withSeen(seen));
    }
  }

  void markDeleted(ServerUid uid) {
    if (isMine(uid)) {
      mails.computeIfPresent(uid.uid(), (same, mail) -> mail.withMarkedDeleted());
    }
  }

  void remove(ServerUid uid) {
    if (isMine(uid)) {
      mails.remove(uid.uid());
    }
  }

  private boolean isMine(ServerUid uid) {
    return uid.folder().equals(place) && uid.uidValidity() == uidValidity;
  }
}
