package io.engage.imap.fetching;

import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** The folder that a connection has open, as far as the server has told about it. */
final class Selected {
  final String folder;
  final boolean writable;
  private long uidValidity;
  private long uidNext;
  private long messages;
  private long highestModSeq;
  private boolean opened;
  private boolean news;

  Selected(String folder, boolean writable) {
    this.folder = folder;
    this.writable = writable;
  }

  boolean is(String name, boolean toWrite) {
    return folder.equals(name) && (writable || !toWrite);
  }

  /** Zero when the server did not say. */
  long uidValidity() {
    return uidValidity;
  }

  /** Zero when the server did not say. */
  long uidNext() {
    return uidNext;
  }

  long messages() {
    return messages;
  }

  /** Zero when the server does not count changes, in this folder or at all. */
  long highestModSeq() {
    return highestModSeq;
  }

  /** Whether something came since it was opened. */
  boolean hasNews() {
    return news;
  }

  void noteNews() {
    news = true;
  }

  /**
   * From here on what arrives is news.
   *
   * @param countsChanges whether a HIGHESTMODSEQ means what RFC 7162 says
   */
  void opened(boolean countsChanges) {
    opened = true;
    highestModSeq = countsChanges ? highestModSeq : 0;
  }

  /** Takes in what the server says unasked. */
  void note(IMAPResponse said) {
    if (said.keyEquals("EXISTS")) {
      news |= opened && said.getNumber() > messages;
      messages = said.getNumber();
    } else if (said.keyEquals("EXPUNGE")) {
      messages = Math.max(0, messages - 1);
    } else if (!opened && said.isUnTagged() && said.isOK()) {
      noteCode(said);
    }
  }

  private void noteCode(IMAPResponse said) {
    said.skipSpaces();
    if (said.readByte() != '[') {
      return;
    }
    String code = said.readAtom();
    if ("UIDVALIDITY".equalsIgnoreCase(code)) {
      uidValidity = Math.max(0, said.readLong());
    } else if ("UIDNEXT".equalsIgnoreCase(code)) {
      uidNext = Math.max(0, said.readLong());
    } else if ("HIGHESTMODSEQ".equalsIgnoreCase(code)) {
      highestModSeq = Math.max(0, said.readLong());
    } else if ("NOMODSEQ".equalsIgnoreCase(code)) {
      highestModSeq = 0;
    }
  }
}
