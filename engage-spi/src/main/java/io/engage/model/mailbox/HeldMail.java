package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Blob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A mail that opened nothing in an inbox, because a rule ignored it or nobody knows its sender. It
 * is kept for review and can be let in.
 *
 * @param cause what kept it out
 * @param reason in words without any of its content
 * @param source its bytes
 * @param receivedAt when the server received it, UTC
 * @param sender the address in From, or the phone number; empty when there is none
 * @param subject the beginning of it, at most 200 characters
 */
public record HeldMail(
    ServerUid uid,
    InboxId inbox,
    Cause cause,
    String reason,
    Blob source,
    Instant receivedAt,
    String sender,
    String subject,
    long version)
    implements Document {
  /** How much of a subject is kept, in characters. */
  public static final int LONGEST_SUBJECT = 200;

  /** What may keep a mail out. */
  public enum Cause {
    RULE("rule"),
    UNKNOWN_SENDER("unknown-sender");

    private final String code;

    Cause(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public HeldMail {
    requireNonNull(uid, "uid");
    requireNonNull(inbox, "inbox");
    requireNonNull(cause, "cause");
    requireNonNull(reason, "reason");
    requireNonNull(source, "source");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(sender, "sender");
    if (subject.length() > LONGEST_SUBJECT) {
      throw new IllegalArgumentException(
          "A held mail keeps at most %d characters of its subject, but this has %d"
              .formatted(LONGEST_SUBJECT, subject.length()));
    }
  }

  @Override
  public DocumentKey key() {
    return keyOf(inbox, source, receivedAt);
  }

  /**
   * The key of a mail by what it is and not by where it lies, so that it is known again in a folder
   * that was renumbered. In the order of keys the newest come first.
   */
  public static DocumentKey keyOf(InboxId inbox, Blob source, Instant receivedAt) {
    return new DocumentKey(
        DocumentKey.Kind.HELD_MAIL,
        "%019d-%s"
            .formatted(
                Long.MAX_VALUE - Math.max(0, receivedAt.toEpochMilli()), digest(inbox, source)));
  }

  /** The inbox that did not take it. */
  @Override
  public String owner() {
    return inbox.value();
  }

  /** The same mail, found at another place. */
  public HeldMail withUid(ServerUid newUid) {
    return new HeldMail(newUid, inbox, cause, reason, source, receivedAt, sender, subject, version);
  }

  @Override
  public HeldMail withVersion(long newVersion) {
    return new HeldMail(uid, inbox, cause, reason, source, receivedAt, sender, subject, newVersion);
  }

  @Override
  public String toString() {
    return "HeldMail[%s, %s]".formatted(uid, cause.code());
  }

  private static String digest(InboxId inbox, Blob source) {
    String both = inbox.value() + '\n' + source.digest();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(both.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
