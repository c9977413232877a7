package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

/**
 * What a server says of a folder when it is opened.
 *
 * @param lastUid no mail there has a higher UID now; 0 in an empty folder
 * @param messages how many there are
 */
public record FolderState(ServerFolder folder, long uidValidity, long lastUid, long messages) {
  public FolderState {
    requireNonNull(folder, "folder");
    ServerUid.requireRange("UIDVALIDITY", uidValidity, 1);
    ServerUid.requireRange("UID", lastUid, 0);
  }
}
