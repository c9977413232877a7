package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.ContentDigest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Knows a mail again that some inbox did not take, by its bytes alone: whatever folder they turn up
 * in, and whatever rules say by then, it is not new. It has nothing of what the mail says.
 *
 * @param held the ids of the {@link HeldMail}s that keep it for review
 * @param deletedFrom the accounts from which it was deleted for good: what turns up of it there is
 *     deleted again
 */
public record HeldTrace(
    ContentDigest content, Set<String> held, Set<AccountId> deletedFrom, long version)
    implements Document {
  public HeldTrace {
    requireNonNull(content, "content");
    held = Set.copyOf(held);
    deletedFrom = Set.copyOf(deletedFrom);
  }

  /** Of a mail that every inbox took so far. */
  public static HeldTrace none(ContentDigest content) {
    return new HeldTrace(content, Set.of(), Set.of(), 0);
  }

  @Override
  public DocumentKey key() {
    return keyOf(content);
  }

  public static DocumentKey keyOf(ContentDigest content) {
    return new DocumentKey(DocumentKey.Kind.HELD_TRACE, content.toString());
  }

  @Override
  public String owner() {
    return "";
  }

  /** It is kept for review as this, too. */
  public HeldTrace with(HeldMail mail) {
    Set<String> all = new LinkedHashSet<>(held);
    all.add(mail.id());
    return new HeldTrace(content, all, deletedFrom, version);
  }

  /** It is not kept for review as this any more. */
  public HeldTrace without(HeldMail mail) {
    Set<String> rest = new LinkedHashSet<>(held);
    rest.remove(mail.id());
    return new HeldTrace(content, rest, deletedFrom, version);
  }

  /** It was deleted for good from these accounts. */
  public HeldTrace deletedFrom(Collection<AccountId> accounts) {
    Set<AccountId> all = new LinkedHashSet<>(deletedFrom);
    all.addAll(accounts);
    return new HeldTrace(content, held, all, version);
  }

  /** Whether it says nothing any more. */
  public boolean isEmpty() {
    return held.isEmpty() && deletedFrom.isEmpty();
  }

  @Override
  public HeldTrace withVersion(long newVersion) {
    return new HeldTrace(content, held, deletedFrom, newVersion);
  }
}
