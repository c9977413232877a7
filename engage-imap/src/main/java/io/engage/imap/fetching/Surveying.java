package io.engage.imap.fetching;

import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.SurveyReceiver;
import java.io.IOException;
import org.eclipse.angus.mail.iap.ProtocolException;

/**
 * Surveys a folder window by window. Where the server counts changes and tells ranges, the first
 * window is the whole folder, unless that is large and full of holes.
 */
final class Surveying {
  private final ImapConnection connection;
  private final Selected open;
  private final FolderCursor upTo;
  private final SurveyReceiver receiver;
  private SurveyWay way;
  private long widest;
  private long width;

  Surveying(ImapConnection connection, Selected open, FolderCursor upTo, SurveyReceiver receiver)
      throws ProtocolException {
    this.connection = connection;
    this.open = open;
    this.upTo = upTo;
    this.receiver = receiver;
    // A count below ours has begun anew, and says nothing about what changed since.
    boolean comparable = upTo.comparedModSeq() > 0 && upTo.comparedModSeq() <= open.highestModSeq();
    this.way = SurveyWay.first(comparable, connection.hasCapability("ESEARCH"));
    this.widest = widest();
    this.width = widest;
  }

  private long widest() {
    return way.decideWidth(Math.max(upTo.lastUid(), open.uidNext() - 1), open.messages());
  }

  void run() throws IOException, ProtocolException {
    showChanges();
    long from = 1;
    while (from <= upTo.lastUid()) {
      long to = Math.min(upTo.lastUid(), from + width - 1);
      FolderSurvey survey = new SurveyQuery(connection, upTo, way, from, to).ask();
      if (survey == null) {
        takeNextWay();
      } else {
        adapt(survey, to);
        receiver.accept(survey);
        from = survey.to() + 1;
      }
    }
  }

  /**
   * Servers show what other programs did since the folder was opened only from here on. It has to
   * end before anything else is sent: Dovecot puts off the NOOP when more commands follow. What it
   * says is passed over: it may tell of a flag of a mail that goes right after.
   */
  private void showChanges() throws IOException, ProtocolException {
    connection.await(connection.send("NOOP", null), response -> false);
  }

  private void takeNextWay() {
    if (way == SurveyWay.LISTS) {
      throw connection.failures().of(Reason.PROTOCOL);
    }
    way = SurveyWay.values()[way.ordinal() + 1];
    widest = widest();
    width = widest;
  }

  private void adapt(FolderSurvey survey, long asked) {
    if (survey.to() < asked) {
      width = Math.max(SurveyQuery.MOST, (survey.to() - survey.from()) * 3 / 4);
    } else if (survey.seen().size() < SurveyQuery.MOST / 4) {
      width = Math.min(widest, width * 8);
    }
  }
}
