package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a server says of the mails of one folder with UIDs from {@code from} to {@code to}: which
 * are there, and which of those whose flags may have changed are read.
 *
 * @param present in ascending order, without overlaps
 * @param seen whether a mail has {@code \Seen}, by UID; mails whose flags did not change may be
 *     left out
 */
public record FolderSurvey(
    ServerFolder folder,
    long uidValidity,
    long from,
    long to,
    List<UidRange> present,
    Map<Long, Boolean> seen) {
  public FolderSurvey {
    requireNonNull(folder, "folder");
    present = List.copyOf(present);
    seen = Map.copyOf(seen);
  }

  /** Whether the mail with this UID is there. */
  public boolean isPresent(long uid) {
    int low = 0;
    int high = present.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      UidRange range = present.get(middle);
      if (range.contains(uid)) {
        return true;
      }
      if (range.first() > uid) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return false;
  }
}
