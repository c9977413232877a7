package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Message;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The mails that opened nothing in an inbox, because a rule ignored them or nobody knows their
 * senders: an agent looks through them, and lets in what should not have been kept out.
 */
public final class HeldDesk {
  /** The most that one page shows. */
  public static final int MOST = 1000;

  private final Agent agent;
  private final Parts parts;
  private final Intake intake;
  private final Permitting permitting;

  HeldDesk(Agent agent, Parts parts, Intake intake) {
    this.agent = agent;
    this.parts = parts;
    this.intake = intake;
    this.permitting = new Permitting(agent, parts);
  }

  /**
   * What an inbox did not take, newest first.
   *
   * @param after the key of the last one of the page before; the empty text for the first page
   * @param limit at most so many, 1 to {@link #MOST}
   */
  public Outcome<List<HeldMail>> list(InboxId inbox, String after, int limit) {
    requireNonNull(after, "after");
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "A page shows 1 to %d mails, but %d were asked for".formatted(MOST, limit));
    }
    return permitting.onInbox(
        AgentAction.READ, inbox, found -> new Outcome.Done<>(page(inbox, after, limit)));
  }

  /** How many an inbox did not take, those that were let in after all not counted. */
  public Outcome<Long> count(InboxId inbox) {
    return permitting.onInbox(
        AgentAction.READ,
        inbox,
        found ->
            new Outcome.Done<>(
                parts.storage().documents().count(DocumentKey.Kind.HELD_MAIL, inbox.value())));
  }

  /** What one of them says. Nothing is marked by it. */
  public Outcome<ReadMail> look(InboxId inbox, DocumentKey key) {
    return onHeld(AgentAction.READ, inbox, key, held -> new Outcome.Done<>(read(held)));
  }

  /**
   * Takes one of them in after all: it opens its conversation in the inbox, or joins the one that
   * it answers. Nobody gets an automatic answer by that.
   */
  public Outcome<Message> letIn(InboxId inbox, DocumentKey key) {
    return parts.committing().retrying(() -> onHeld(AgentAction.LET_IN, inbox, key, this::letIn));
  }

  /**
   * Deletes one of them for good, here and on the server, as a message is deleted. As long as
   * another inbox shows it, or keeps it for review too, it stays on the server.
   */
  public Outcome<HeldMail> discard(InboxId inbox, DocumentKey key) {
    Outcome<HeldMail> outcome = onHeld(AgentAction.DELETE, inbox, key, this::discard);
    if (outcome.isDone()) {
      new BlobRemovals(parts).finish();
    }
    return outcome;
  }

  private Outcome<HeldMail> discard(HeldMail held) {
    return new HeldRemoval(parts, Actor.agent(agent), "an agent deleted it")
            .remove(held.key(), new AuditFact.HeldDeleted(held.uid()))
        ? new Outcome.Done<>(held)
        : new Outcome.Unknown<>();
  }

  private Outcome<Message> letIn(HeldMail held) {
    Optional<Message> message = intake.letIn(held, Actor.agent(agent));
    return message.isPresent()
        ? new Outcome.Done<>(message.get())
        : new Outcome.Refused<>("Its bytes cannot be read");
  }

  private List<HeldMail> page(InboxId inbox, String after, int limit) {
    return parts
        .storage()
        .documents()
        .ofOwner(DocumentKey.Kind.HELD_MAIL, inbox.value(), after, limit)
        .stream()
        .map(HeldMail.class::cast)
        .toList();
  }

  private <T> Outcome<T> onHeld(
      AgentAction action, InboxId inbox, DocumentKey key, Function<HeldMail, Outcome<T>> act) {
    return permitting.onInbox(
        action, inbox, found -> held(inbox, key).map(act).orElseGet(Outcome.Unknown::new));
  }

  private Optional<HeldMail> held(InboxId inbox, DocumentKey key) {
    List<Document> found = parts.storage().documents().find(List.of(key));
    return found.stream()
        .filter(HeldMail.class::isInstance)
        .map(HeldMail.class::cast)
        .filter(held -> held.inbox().equals(inbox))
        .findFirst();
  }

  private ReadMail read(HeldMail held) {
    try {
      return parts.reader().read(new StoredContent(parts.blobs(), held.source()));
    } catch (IOException broken) {
      throw new PortFailure(
          "The bytes of held mail '%s' could not be read. Try again.".formatted(held.uid()),
          true,
          broken);
    }
  }
}
