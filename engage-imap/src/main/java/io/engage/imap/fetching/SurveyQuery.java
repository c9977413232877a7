package io.engage.imap.fetching;

import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.UidRange;
import io.engage.spi.MailAccessFailure.Reason;
import jakarta.mail.Flags.Flag;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/**
 * Surveys a window of UIDs. However many flags it turns out to bring, only those of the lowest
 * {@link #MOST} mails are kept, and the window ends with them.
 */
final class SurveyQuery {
  static final int MOST = 20_000;

  private static final String LIST = "UID SEARCH";
  private static final String RANGES = "UID SEARCH RETURN (ALL)";

  private final ImapConnection connection;
  private final FolderCursor upTo;
  private final SurveyWay way;
  private final long from;
  private final UidRanges fetched;
  private final TreeMap<Long, Boolean> flags = new TreeMap<>();
  private long to;
  private long highest;

  SurveyQuery(ImapConnection connection, FolderCursor upTo, SurveyWay way, long from, long to) {
    this.connection = connection;
    this.upTo = upTo;
    this.way = way;
    this.from = from;
    this.to = to;
    this.fetched = new UidRanges(from, to);
  }

  /** Null when the server does not answer this way. */
  @Nullable FolderSurvey ask() throws IOException, ProtocolException {
    long garbledBefore = connection.garbled();
    List<UidRange> present =
        switch (way) {
          case CHANGES_AND_RANGES -> changes(RANGES);
          case CHANGES_AND_LIST -> changes(LIST);
          case FLAGS -> flags();
          case LISTS -> lists();
        };
    return present == null || connection.garbled() > garbledBefore ? null : survey(present);
  }

  private FolderSurvey survey(List<UidRange> present) {
    FolderSurvey found =
        new FolderSurvey(upTo.folder(), upTo.uidValidity(), from, to, present, flags);
    return flags.keySet().removeIf(uid -> !found.isPresent(uid))
        ? new FolderSurvey(upTo.folder(), upTo.uidValidity(), from, to, present, flags)
        : found;
  }

  /** All in one round trip. */
  private @Nullable List<UidRange> changes(String searching) throws IOException, ProtocolException {
    String fetching = fetch(" (CHANGEDSINCE %d)".formatted(upTo.comparedModSeq()));
    UidSearch search = UidSearch.send(connection, searching, from, to, "");
    Response flagged = connection.await(fetching, response -> take(response, search));
    Response listed = connection.await(search.tag(), response -> take(response, search));
    boolean told = isDone(flagged) & isDone(listed) && search.isAnswered(listed);
    return told ? search.upTo(to) : null;
  }

  private @Nullable List<UidRange> flags() throws IOException, ProtocolException {
    String fetching = fetch("");
    return isDone(connection.await(fetching, this::take)) ? fetched.upTo(to) : null;
  }

  /** One after the other, since nothing in such an answer says which of them it answers. */
  private List<UidRange> lists() throws IOException, ProtocolException {
    List<UidRange> listed = list("");
    listed.forEach(this::addUnseen);
    for (UidRange range : list(" SEEN")) {
      flags.subMap(range.first(), true, range.last(), true).replaceAll((uid, unseen) -> true);
    }
    UidRanges kept = new UidRanges(from, to);
    listed.forEach(range -> kept.add(range.first(), range.last()));
    return kept.upTo(to);
  }

  private List<UidRange> list(String which) throws IOException, ProtocolException {
    UidSearch search = UidSearch.send(connection, LIST, from, to, which);
    Response done =
        connection.await(
            search.tag(),
            response -> {
              search.take(response);
              return false;
            });
    if (!isDone(done) || !search.isAnswered(done)) {
      throw connection.failures().of(Reason.PROTOCOL);
    }
    return search.upTo(to);
  }

  private void addUnseen(UidRange range) {
    for (long uid = range.first(); uid <= Math.min(to, range.last()); uid++) {
      flags.put(uid, false);
      dropAboveMost();
    }
  }

  private String fetch(String modifier) throws IOException, ProtocolException {
    return connection.send("UID FETCH %d:%d (UID FLAGS)%s".formatted(from, to, modifier), null);
  }

  /** A NO or BAD rules out this way, unless it says that nothing goes now. */
  private boolean isDone(Response done) {
    Reason reason = done.isOK() ? null : Refusals.reason(done, Reason.PROTOCOL);
    if (reason == Reason.BUSY || reason == Reason.WRONG_CREDENTIAL) {
      throw Refusals.failure(connection.failures(), done, reason);
    }
    return reason == null;
  }

  private boolean take(IMAPResponse response, UidSearch search) {
    search.take(response);
    return take(response);
  }

  /** Takes what any answer says of a mail of the window. */
  private boolean take(IMAPResponse response) {
    UID uid = response instanceof FetchResponse said ? said.getItem(UID.class) : null;
    if (uid == null || uid.uid < from) {
      return false;
    }
    boolean moves = uid.uid > highest;
    highest = Math.max(highest, uid.uid);
    if (uid.uid <= to) {
      fetched.add(uid.uid);
      FLAGS said = ((FetchResponse) response).getItem(FLAGS.class);
      moves |= said != null && flags.put(uid.uid, said.contains(Flag.SEEN)) == null;
      dropAboveMost();
    }
    return moves;
  }

  private void dropAboveMost() {
    if (flags.size() > MOST) {
      to = flags.lastKey() - 1;
      flags.pollLastEntry();
    }
  }
}
