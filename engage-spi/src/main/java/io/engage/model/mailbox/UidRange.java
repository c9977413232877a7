package io.engage.model.mailbox;

/** All UIDs from {@code first} to {@code last}, both included. */
public record UidRange(long first, long last) {
  public UidRange {
    ServerUid.requireRange("UID", first, 1);
    ServerUid.requireRange("UID", last, first);
  }

  public boolean contains(long uid) {
    return uid >= first && uid <= last;
  }
}
