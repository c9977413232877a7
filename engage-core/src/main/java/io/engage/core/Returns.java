package io.engage.core;

import io.engage.core.classifying.Classification;
import io.engage.core.receiving.Origin;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.ParsedMail;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Recognises what comes back for mails that another module sent, such as those of campaigns: its
 * answers open conversations that say so, its reports are taken from there.
 */
@FunctionalInterface
public interface Returns {

  /**
   * Called once for each batch of mails, before it is committed, by the thread that imports it; and
   * again with the same mails when the batch is repeated, so noting them twice has to do no harm.
   * What it throws keeps the batch from being imported now; it comes again.
   *
   * @return those that are its own
   */
  Map<ServerUid, Origin> recognise(List<Returned> mails);

  /** Recognises nothing. */
  static Returns none() {
    return mails -> Map.of();
  }

  /**
   * A mail that arrived.
   *
   * @param visible what somebody wrote now, without the history quoted
   */
  record Returned(
      ServerUid uid,
      ParsedMail mail,
      Classification classification,
      String visible,
      Instant receivedAt) {
    /** What it says stays out of logs. */
    @Override
    public String toString() {
      return "Returned[%s]".formatted(uid);
    }
  }
}
