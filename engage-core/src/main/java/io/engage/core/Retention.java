package io.engage.core;

import io.engage.core.erasing.Erasing;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Erases what an inbox has had for too long: messages, what it holds, and what nobody could read.
 */
final class Retention {
  private static final int AT_ONCE = 200;

  private final Actor actor;
  private final Parts parts;
  private final Erasing erasing = new Erasing();
  private final Erasers erasers;
  private final BooleanSupplier goesOn;

  Retention(Actor actor, Parts parts) {
    this(actor, parts, () -> true);
  }

  /**
   * @param goesOn asked before each conversation and each mail; when it says no, the rest stays
   */
  Retention(Actor actor, Parts parts, BooleanSupplier goesOn) {
    this.actor = actor;
    this.parts = parts;
    this.goesOn = goesOn;
    this.erasers = new Erasers(actor, parts);
  }

  /** What was let in meanwhile is found as a message. */
  ErasureTally eraseBefore(InboxId inbox, Instant before) {
    ErasureTally tally = new ErasureTally();
    eraseHeld(inbox, before, tally);
    eraseQuarantined(inbox, before, tally);
    eraseMessages(inbox, before, tally);
    return tally;
  }

  private void eraseHeld(InboxId inbox, Instant before, ErasureTally tally) {
    HeldTraces traces = new HeldTraces(parts);
    AuditFact fact = new AuditFact.RetentionApplied(before, 1);
    List<HeldMail> old = traces.olderThan(inbox, before);
    while (!old.isEmpty() && goesOn.getAsBoolean()) {
      old.stream()
          .takeWhile(any -> goesOn.getAsBoolean())
          .forEach(each -> tally.count(traces.erase(each, actor, fact)));
      old = traces.olderThan(inbox, before);
    }
  }

  private void eraseQuarantined(InboxId inbox, Instant before, ErasureTally tally) {
    QuarantineTraces traces = new QuarantineTraces(parts);
    AuditFact fact = new AuditFact.RetentionApplied(before, 1);
    traces.olderThan(inbox, before).stream()
        .takeWhile(any -> goesOn.getAsBoolean())
        .forEach(each -> tally.count(traces.erase(each, actor, fact)));
  }

  private void eraseMessages(InboxId inbox, Instant before, ErasureTally tally) {
    Page.@Nullable Mark after = null;
    do {
      Page<Message> page =
          parts.storage().persons().olderThan(inbox, before, new Page.Request(after, AT_ONCE));
      page.items().stream()
          .map(Message::conversation)
          .distinct()
          .takeWhile(any -> goesOn.getAsBoolean())
          .forEach(each -> tally.count(erasers.erase(oldOf(each, inbox, before))));
      after = page.next();
    } while (after != null && goesOn.getAsBoolean());
  }

  private Erasers.Order oldOf(ConversationId conversation, InboxId inbox, Instant before) {
    return new Erasers.Order(
        conversation,
        message -> message.inbox().equals(inbox) && message.at().isBefore(before),
        (was, erased, newest) ->
            newest
                .map(each -> erasing.renewed(erasing.counted(was, erased), each))
                .orElseGet(() -> erasing.counted(was, erased)),
        messages -> new AuditFact.RetentionApplied(before, messages));
  }
}
