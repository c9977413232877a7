package io.engage.core;

import io.engage.core.Lane.Batch;
import io.engage.core.settling.Leaving;
import io.engage.core.settling.Leaving.Verdict;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxTask.SendMail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what was claimed together, and gives back what has to wait. */
final class OutboxRound {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRound.class);

  /** For another node, another inbox or another minute. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final Parts parts;
  private final Sending sending;
  private final ServerErrands errands;
  private final TextSending texts;

  OutboxRound(Parts parts, HealthBook health) {
    this.parts = parts;
    this.sending = new Sending(parts, health);
    this.errands = new ServerErrands(parts, health);
    this.texts = new TextSending(parts);
  }

  /**
   * Those that may go, with two reads for all of them. What waits for its inbox is given back; what
   * may never go any more is settled.
   */
  List<OutboxClaim> mayLeave(List<OutboxClaim> claims) {
    try {
      return sorted(claims);
    } catch (RuntimeException failed) {
      giveBack(claims);
      throw failed;
    }
  }

  private List<OutboxClaim> sorted(List<OutboxClaim> claims) {
    Map<MessageId, Message> messages = messages(claims);
    List<Inbox> inboxes = messages.isEmpty() ? List.of() : parts.storage().inboxes().inboxes();
    List<OutboxClaim> go = new ArrayList<>();
    List<OutboxClaim> wait = new ArrayList<>();
    for (OutboxClaim claim : claims) {
      Optional<Message> message =
          claim.entry().task().findSent().flatMap(id -> Optional.ofNullable(messages.get(id)));
      Verdict verdict = Leaving.decide(claim, message, inboxes);
      if (verdict instanceof Verdict.Never never) {
        sending.fail(claim, never.reason());
      } else {
        (verdict instanceof Verdict.Wait ? wait : go).add(claim);
      }
    }
    putOff(wait);
    return go;
  }

  private Map<MessageId, Message> messages(List<OutboxClaim> claims) {
    List<MessageId> ids =
        claims.stream().flatMap(each -> each.entry().task().findSent().stream()).toList();
    return ids.isEmpty()
        ? Map.of()
        : parts.storage().inboxes().messages(ids).stream()
            .collect(Collectors.toMap(Message::id, Function.identity()));
  }

  /** Given back for a while, as it is: that is no attempt. */
  void putOff(List<OutboxClaim> claims) {
    if (!claims.isEmpty()) {
      parts.storage().outbox().release(claims, parts.clock().instant().plus(PAUSE));
    }
  }

  void workTexts(Batch batch) {
    texts.work(batch.claims(), batch.mayGoOn());
  }

  /** One account's trouble must not keep the mail of the others back. */
  void workMails(AccountId id, Batch batch) {
    try {
      Optional<MailAccount> account = parts.accounts().find(id);
      if (account.isPresent()) {
        workMails(account.get(), batch);
      } else {
        LOG.warn(
            "{} outbox entries are of mail account '{}', which this node does not know; they wait"
                + " for one that does",
            batch.claims().size(),
            id);
        putOff(batch.claims());
      }
    } catch (RuntimeException failed) {
      LOG.warn(
          "The outbox of mail account '{}' could not be worked off now",
          id,
          LoggedFailure.of(failed));
      giveBack(batch.claims());
    }
  }

  private void workMails(MailAccount account, Batch batch) {
    Map<Boolean, List<OutboxClaim>> byKind =
        batch.claims().stream()
            .collect(Collectors.partitioningBy(each -> each.entry().task() instanceof SendMail));
    sending.send(account, byKind.getOrDefault(true, List.of()), batch.mayGoOn());
    List<OutboxClaim> others = byKind.getOrDefault(false, List.of());
    if (others.isEmpty() || batch.mayGoOn().getAsBoolean()) {
      errands.run(account, others);
    } else {
      parts.storage().outbox().release(others, parts.clock().instant());
    }
  }

  /** What was settled or begun is left alone by that. */
  private void giveBack(List<OutboxClaim> claims) {
    try {
      putOff(claims);
    } catch (RuntimeException failed) {
      LOG.warn(
          "Claims could not be given back; they are free when their lease ends",
          LoggedFailure.of(failed));
    }
  }
}
