package io.engage.memory;

import io.engage.memory.MailFolder.Mail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.UidRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One window of a survey, the mails from {@code from} on. */
record Survey(FolderCursor upTo, long from) {
  /** Few, so that an ordinary test has several windows. */
  private static final long UIDS = 10;

  long to() {
    return Math.min(upTo.lastUid(), from + UIDS - 1);
  }

  FolderSurvey of(MailFolder folder, MailServer server) {
    SortedMap<Long, Mail> mails = folder.mails().subMap(from, true, to(), true);
    List<UidRange> present = new ArrayList<>();
    Map<Long, Boolean> seen = new HashMap<>();
    mails.forEach(
        (uid, mail) -> {
          present.add(new UidRange(uid, uid));
          if (mail.modSeq() > since(server.highestModSeq(folder))) {
            seen.put(uid, mail.seen());
          }
        });
    return new FolderSurvey(upTo.folder(), upTo.uidValidity(), from, to(), present, seen);
  }

  /** A count below ours has begun anew, and says nothing about what changed since. */
  private long since(long highestModSeq) {
    return upTo.comparedModSeq() <= highestModSeq ? upTo.comparedModSeq() : 0;
  }
}
