package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

/**
 * What a server says of a folder when it is opened.
 *
 * @param lastUid no mail there has a higher UID now; 0 in an empty folder
 * @param messages how many there are
 * @param highestModSeq grows with every change of a flag (HIGHESTMODSEQ, RFC 7162); 0 when the
 *     server does not count changes
 */
public record FolderState(
    ServerFolder folder, long uidValidity, long lastUid, long messages, long highestModSeq) {
  public FolderState {
    requireNonNull(folder, "folder");
    ServerUid.requireRange("UIDVALIDITY", uidValidity, 1);
    ServerUid.requireRange("UID", lastUid, 0);
  }
}
