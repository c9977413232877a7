package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Some mails of one folder, in ascending order of UID. After it, every mail of the folder up to
 * {@code upToUid} has been handed over or named as missing, or was gone.
 *
 * @param missing those that the server has and could not give
 */
public record FetchedBatch(
    ServerFolder folder,
    long uidValidity,
    long upToUid,
    List<FetchedMail> mails,
    List<MissingMail> missing) {
  public FetchedBatch {
    requireNonNull(folder, "folder");
    ServerUid.requireRange("UIDVALIDITY", uidValidity, 1);
    ServerUid.requireRange("UID", upToUid, 0);
    mails = List.copyOf(mails);
    missing = List.copyOf(missing);
  }

  /** What was fetched, in bytes. */
  public long bytes() {
    return mails.stream().mapToLong(mail -> mail.source().size()).sum();
  }

  /** A mail that the server lists and does not give, and why. */
  public record MissingMail(ServerUid uid, String reason) {
    public MissingMail {
      requireNonNull(uid, "uid");
      requireNonNull(reason, "reason");
    }
  }
}
