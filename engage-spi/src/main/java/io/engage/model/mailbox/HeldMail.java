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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A mail that opened nothing in an inbox, because a rule ignored it or nobody knows its sender. It
 * is kept for review and can be let in.
 *
 * @param id under which it is kept: made by {@link #idOf}, and the same wherever it goes
 * @param places where on servers it was found, the newest last; at most {@link #MOST_PLACES}
 * @param inbox that did not take it, or its heir
 * @param cause what kept it out
 * @param reason in words without any of its content
 * @param source its bytes
 * @param receivedAt when the server received it, UTC
 * @param sender the address in From, or the phone number; empty when there is none
 * @param subject the beginning of it, at most 200 characters
 */
public record HeldMail(
    String id,
    List<ServerUid> places,
    InboxId inbox,
    Cause cause,
    String reason,
    Blob source,
    Instant receivedAt,
    String sender,
    String subject,
    long version)
    implements Document {
  /** So many places are kept, the newest: a folder may be renumbered as often as it likes. */
  public static final int MOST_PLACES = 100;

  /** How much of a subject is kept, in characters. */
  public static final int LONGEST_SUBJECT = 200;

  /** What may keep a mail out. */
  public enum Cause {
    RULE("rule"),
    UNKNOWN_SENDER("unknown-sender"),
    /** A program sent it for a mail of a campaign, which has heard it. */
    CAMPAIGN("campaign");

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
    requireNonNull(id, "id");
    places = List.copyOf(places);
    requireNonNull(inbox, "inbox");
    requireNonNull(cause, "cause");
    requireNonNull(reason, "reason");
    requireNonNull(source, "source");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(sender, "sender");
    if (places.isEmpty() || places.size() > MOST_PLACES) {
      throw new IllegalArgumentException(
          "A held mail was found at 1 to %d places, but this at %d"
              .formatted(MOST_PLACES, places.size()));
    }
    if (subject.length() > LONGEST_SUBJECT) {
      throw new IllegalArgumentException(
          "A held mail keeps at most %d characters of its subject, but this has %d"
              .formatted(LONGEST_SUBJECT, subject.length()));
    }
  }

  @Override
  public DocumentKey key() {
    return keyOf(id);
  }

  public static DocumentKey keyOf(String id) {
    return new DocumentKey(DocumentKey.Kind.HELD_MAIL, id);
  }

  /** The id of what an inbox does not take. In the order of ids the newest come first. */
  public static String idOf(InboxId inbox, Blob source, Instant receivedAt) {
    return "%019d-%s"
        .formatted(Long.MAX_VALUE - Math.max(0, receivedAt.toEpochMilli()), digest(inbox, source));
  }

  /** Not an id: those of what was received before this moment come behind it, in their order. */
  public static String idBehindWhichAreOlder(Instant moment) {
    return "%019d~".formatted(Long.MAX_VALUE - Math.max(0, moment.toEpochMilli()));
  }

  /** The inbox that did not take it, or its heir. */
  @Override
  public String owner() {
    return inbox.value();
  }

  /** Where it was found last. */
  public ServerUid uid() {
    return places.get(places.size() - 1);
  }

  /** Whether it was found in a mailbox of this account. */
  public boolean isFrom(AccountId account) {
    return places.stream().anyMatch(place -> place.folder().account().equals(account));
  }

  /** The same mail, found at another place too. */
  public HeldMail withUid(ServerUid newUid) {
    List<ServerUid> all = new ArrayList<>(places);
    all.remove(newUid);
    all.add(newUid);
    return with(all.subList(Math.max(0, all.size() - MOST_PLACES), all.size()), inbox, version);
  }

  /** The same mail, kept for review in another inbox. */
  public HeldMail in(InboxId other) {
    return with(places, other, version);
  }

  @Override
  public HeldMail withVersion(long newVersion) {
    return with(places, inbox, newVersion);
  }

  private HeldMail with(List<ServerUid> newPlaces, InboxId newInbox, long newVersion) {
    return new HeldMail(
        id, newPlaces, newInbox, cause, reason, source, receivedAt, sender, subject, newVersion);
  }

  @Override
  public String toString() {
    return "HeldMail[%s, %s]".formatted(uid(), cause.code());
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
