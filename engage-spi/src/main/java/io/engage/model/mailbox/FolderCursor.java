package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

/**
 * How far a folder has been imported and compared. The import depends on no flag and no date:
 * everything up to {@code lastUid} has its entry in the ledger.
 *
 * @param lastUid 0 before the first mail
 * @param comparedModSeq the server's HIGHESTMODSEQ when read marks and deletions were last
 *     compared; 0 when they never were, or when the server does not count changes
 * @param comparedMessages how many mails the folder had then
 */
public record FolderCursor(
    ServerFolder folder,
    long uidValidity,
    long lastUid,
    long comparedModSeq,
    long comparedMessages) {
  public FolderCursor {
    requireNonNull(folder, "folder");
    ServerUid.requireRange("UIDVALIDITY", uidValidity, 1);
    ServerUid.requireRange("UID", lastUid, 0);
  }

  /** Before the first mail of a folder with this UIDVALIDITY. */
  public static FolderCursor start(ServerFolder folder, long uidValidity) {
    return new FolderCursor(folder, uidValidity, 0, 0, 0);
  }

  public FolderCursor at(long newLastUid) {
    return new FolderCursor(folder, uidValidity, newLastUid, comparedModSeq, comparedMessages);
  }

  public FolderCursor compared(long modSeq, long messages) {
    return new FolderCursor(folder, uidValidity, lastUid, modSeq, messages);
  }
}
