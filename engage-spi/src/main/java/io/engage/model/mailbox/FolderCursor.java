package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

/**
 * How far a folder has been imported. It depends on no flag and no date: everything up to {@code
 * lastUid} has its entry in the ledger.
 *
 * @param lastUid 0 before the first mail
 */
public record FolderCursor(ServerFolder folder, long uidValidity, long lastUid) {
  public FolderCursor {
    requireNonNull(folder, "folder");
    ServerUid.requireRange("UIDVALIDITY", uidValidity, 1);
    ServerUid.requireRange("UID", lastUid, 0);
  }

  /** Before the first mail of a folder with this UIDVALIDITY. */
  public static FolderCursor start(ServerFolder folder, long uidValidity) {
    return new FolderCursor(folder, uidValidity, 0);
  }

  public FolderCursor at(long newLastUid) {
    return new FolderCursor(folder, uidValidity, newLastUid);
  }
}
