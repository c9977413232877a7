package io.engage.imap.fetching;

import io.engage.model.mailbox.UidRange;
import java.io.IOException;
import java.util.List;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * Asks which mails of a window there are. The answer is a list of numbers (RFC 3501), or of ranges
 * where that was asked for (RFC 4731): a large folder without holes is one range then.
 */
final class UidSearch {
  private final String tag;
  private final UidRanges found;
  private boolean answered;
  private boolean odd;

  private UidSearch(String tag, UidRanges found) {
    this.tag = tag;
    this.found = found;
  }

  /**
   * Sends the question.
   *
   * @param what how it begins, {@code "UID SEARCH RETURN (ALL)"} for ranges
   * @param which a criterion besides, or nothing
   */
  static UidSearch send(ImapConnection connection, String what, long from, long to, String which)
      throws IOException, ProtocolException {
    String command = "%s UID %d:%d%s".formatted(what, from, to, which);
    return new UidSearch(connection.send(command, null), new UidRanges(from, to));
  }

  String tag() {
    return tag;
  }

  /** Whether the answer came and was understood: a silent OK does not mean that all are gone. */
  boolean isAnswered(Response done) {
    return done.isOK() && answered && !odd;
  }

  List<UidRange> upTo(long end) {
    return found.upTo(end);
  }

  void take(IMAPResponse response) {
    if (response.keyEquals("SEARCH")) {
      takeNumbers(response);
    } else if (response.keyEquals("ESEARCH") && isMine(response)) {
      takeRanges(response);
    }
  }

  /** Behind the numbers a MODSEQ may follow, in parentheses. */
  private void takeNumbers(IMAPResponse response) {
    for (long uid = response.readLong(); uid > 0; uid = response.readLong()) {
      found.add(uid);
    }
    response.skipSpaces();
    answered = true;
    odd |= response.peekByte() > ' ' && response.peekByte() != '(';
  }

  private boolean isMine(IMAPResponse response) {
    if (!response.isNextNonSpace('(')) {
      return true;
    }
    boolean mine =
        "TAG".equalsIgnoreCase(response.readAtom()) && tag.equals(response.readAtomString());
    return response.isNextNonSpace(')') && mine;
  }

  private void takeRanges(IMAPResponse response) {
    boolean uids = false;
    for (String name = word(response); !name.isEmpty(); name = word(response)) {
      if (name.equalsIgnoreCase("UID")) {
        uids = true;
      } else {
        takeValue(name, word(response));
      }
    }
    answered |= uids;
    odd |= !uids || response.peekByte() > ' ';
  }

  private static String word(IMAPResponse response) {
    String word = response.readAtom();
    return word == null ? "" : word;
  }

  private void takeValue(String name, String value) {
    if (name.equalsIgnoreCase("ALL")) {
      odd |= value.isEmpty();
      int start = 0;
      while (start < value.length()) {
        int comma = value.indexOf(',', start);
        int end = comma < 0 ? value.length() : comma;
        takeRange(value, start, end);
        start = end + 1;
      }
    }
  }

  private void takeRange(String set, int start, int end) {
    int colon = set.indexOf(':', start);
    try {
      long first = Long.parseLong(set, start, colon >= 0 && colon < end ? colon : end, 10);
      long last = colon >= 0 && colon < end ? Long.parseLong(set, colon + 1, end, 10) : first;
      odd |= first <= 0 || last <= 0;
      found.add(first, last);
    } catch (NumberFormatException noNumber) {
      odd = true;
    }
  }
}
