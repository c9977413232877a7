package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

/**
 * The identity of a mail on its server (RFC 9051 section 2.3.1.1): it never means another mail as
 * long as the folder's UIDVALIDITY stays.
 *
 * @param uidValidity 1 to 4294967295
 * @param uid 1 to 4294967295
 */
public record ServerUid(ServerFolder folder, long uidValidity, long uid) {
  static final long LARGEST = 0xFFFF_FFFFL;

  public ServerUid {
    requireNonNull(folder, "folder");
    requireRange("UIDVALIDITY", uidValidity, 1);
    requireRange("UID", uid, 1);
  }

  @Override
  public String toString() {
    return folder + ";" + uidValidity + ";" + uid;
  }

  static void requireRange(String what, long value, long least) {
    if (value < least || value > LARGEST) {
      throw new IllegalArgumentException(
          "A %s is a number from %d to 4294967295, but this is %d".formatted(what, least, value));
    }
  }
}
