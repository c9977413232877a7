package io.engage.core.settling;

import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.outbox.OutboxTask.SendMail;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what the outcome of an attempt means: done, to be tried again, given up, or in doubt.
 * What is in doubt is never tried again by itself.
 */
public final class Settling {
  /** Minutes until the next try; after the last one it is given up, some days later. */
  private static final int[] PAUSES = {1, 2, 5, 10, 20, 40, 60, 120, 240, 480, 960, 1440};

  /**
   * @param delivery what the message is now
   * @param sent whether the server took it for at least one recipient
   * @param lost the recipients who do not get it, unless somebody sends it again
   */
  public record Settled(
      OutboxSettlement settlement,
      Delivery delivery,
      boolean sent,
      List<EmailAddress> lost,
      List<AuditFact> facts) {
    public Settled {
      lost = List.copyOf(lost);
      facts = List.copyOf(facts);
    }

    /** What the message is after that: what some have stays sent. */
    public Message.State of(Message.State before) {
      boolean done = before.delivery() == Delivery.SENT || before.delivery() == Delivery.BOUNCED;
      Set<EmailAddress> unreached = new LinkedHashSet<>(before.unreached());
      unreached.addAll(lost);
      return before
          .withDelivery(done ? before.delivery() : delivery)
          .withUnreached(List.copyOf(unreached));
    }
  }

  public Settled decide(OutboxClaim claim, SendMail mail, SendOutcome outcome, Instant now) {
    if (outcome instanceof SendOutcome.Accepted accepted) {
      return accepted(claim, mail, accepted, now);
    } else if (outcome instanceof SendOutcome.Refused refused) {
      return refused(claim, mail, refused, now);
    } else if (outcome instanceof SendOutcome.NothingSent nothing) {
      return later(claim, mail.recipients(), mail, nothing.reason(), now);
    }
    return inDoubt(claim, ((SendOutcome.InDoubt) outcome).reason());
  }

  /** A mail that is not sent any more, although nothing was wrong with it. */
  public Settled never(OutboxClaim claim, SendMail mail, String reason) {
    return new Settled(
        OutboxSettlement.done(claim),
        Delivery.FAILED,
        false,
        mail.recipients(),
        List.of(new AuditFact.SendFailed(reason, mail.recipients().size())));
  }

  /**
   * An attempt whose end nobody saw, unless whoever made it has said so by now.
   *
   * @param now what the message is
   */
  public Settled interrupted(OutboxClaim claim, Delivery now) {
    boolean known = now == Delivery.SENT || now == Delivery.FAILED || now == Delivery.BOUNCED;
    return known && claim.entry().attempts() == 0
        ? new Settled(
            OutboxSettlement.done(claim),
            now,
            false,
            List.of(),
            List.of(new AuditFact.SendDoubtLifted(now.code())))
        : inDoubt(claim, "the process ended while the mail was being sent");
  }

  /**
   * What an outcome means that comes when the claim belongs to somebody else, who could only take
   * the message for in doubt. It is the truth, but nothing is tried again: an agent may have acted
   * on the doubt.
   *
   * @return empty when it says no more than that
   */
  public Optional<Settled> late(Settled settled) {
    if (settled.delivery() == Delivery.IN_DOUBT) {
      return Optional.empty();
    }
    Delivery delivery = settled.sent() ? Delivery.SENT : Delivery.FAILED;
    List<AuditFact> facts = new ArrayList<>();
    facts.add(new AuditFact.SendDoubtLifted(delivery.code()));
    settled.facts().stream().map(fact -> given(fact, settled)).forEach(facts::add);
    List<EmailAddress> lost = new ArrayList<>(settled.lost());
    lost.addAll(waitingOf(settled));
    return Optional.of(new Settled(settled.settlement(), delivery, settled.sent(), lost, facts));
  }

  private static List<EmailAddress> waitingOf(Settled settled) {
    OutboxEntry again = settled.settlement().again();
    return again != null && again.task() instanceof SendMail mail ? mail.recipients() : List.of();
  }

  private static AuditFact given(AuditFact fact, Settled settled) {
    OutboxEntry again = settled.settlement().again();
    return fact instanceof AuditFact.SendPostponed postponed
            && again != null
            && again.task() instanceof SendMail mail
        ? new AuditFact.SendFailed(
            postponed.reason() + "; not tried again, because this came late",
            mail.recipients().size())
        : fact;
  }

  /** When something repeatable that failed is tried again: at least daily, and never given up. */
  public OutboxSettlement retry(OutboxClaim claim, Instant now) {
    OutboxEntry entry = claim.entry();
    return new OutboxSettlement(
        claim,
        new OutboxEntry(
            entry.id(),
            entry.account(),
            entry.task(),
            now.plus(pause(entry.attempts())),
            entry.attempts() + 1));
  }

  private boolean isExhausted(OutboxClaim claim) {
    return claim.entry().attempts() >= PAUSES.length;
  }

  private Settled accepted(
      OutboxClaim claim, SendMail mail, SendOutcome.Accepted accepted, Instant now) {
    List<AuditFact> facts = new ArrayList<>();
    facts.add(
        new AuditFact.Sent(
            accepted.reply().codes(), mail.recipients().size() - accepted.refused().size()));
    List<EmailAddress> waiting = postponed(accepted.refused());
    List<EmailAddress> lost = new ArrayList<>(mail.recipients());
    lost.retainAll(accepted.refused().keySet());
    lost.removeAll(waiting);
    if (!lost.isEmpty()) {
      facts.add(new AuditFact.SendFailed(codesOf(accepted.refused(), false), lost.size()));
    }
    if (waiting.isEmpty()) {
      return new Settled(OutboxSettlement.done(claim), Delivery.SENT, true, lost, facts);
    }
    Settled rest = later(claim, waiting, mail, codesOf(accepted.refused(), true), now);
    lost.addAll(rest.lost());
    facts.addAll(rest.facts());
    return new Settled(rest.settlement(), Delivery.SENT, true, lost, facts);
  }

  private Settled refused(
      OutboxClaim claim, SendMail mail, SendOutcome.Refused refused, Instant now) {
    List<EmailAddress> waiting =
        refused.refused().isEmpty()
            ? refused.reply().isTransient() ? mail.recipients() : List.of()
            : waitingOf(mail, refused);
    List<EmailAddress> lost = new ArrayList<>(mail.recipients());
    lost.removeAll(waiting);
    if (waiting.isEmpty()) {
      return new Settled(
          OutboxSettlement.done(claim),
          Delivery.FAILED,
          false,
          lost,
          List.of(new AuditFact.SendFailed(inWords(refused.reply()), lost.size())));
    }
    Settled rest = later(claim, waiting, mail, refused.reply().codes(), now);
    if (lost.isEmpty()) {
      return rest;
    }
    List<AuditFact> facts = new ArrayList<>(rest.facts());
    facts.add(0, new AuditFact.SendFailed(codesOf(refused.refused(), false), lost.size()));
    lost.addAll(rest.lost());
    return new Settled(rest.settlement(), rest.delivery(), false, lost, facts);
  }

  /** Those who were asked to come back, and those of whom the server said nothing yet. */
  private static List<EmailAddress> waitingOf(SendMail mail, SendOutcome.Refused refused) {
    return mail.recipients().stream()
        .filter(
            each -> {
              SmtpReply reply = refused.refused().get(each);
              return reply == null ? refused.reply().isTransient() : reply.isTransient();
            })
        .toList();
  }

  private Settled later(
      OutboxClaim claim, List<EmailAddress> waiting, SendMail mail, String reason, Instant now) {
    OutboxEntry entry = claim.entry();
    if (isExhausted(claim)) {
      return new Settled(
          OutboxSettlement.done(claim),
          Delivery.FAILED,
          false,
          waiting,
          List.of(
              new AuditFact.SendFailed(
                  "given up after %d attempts, the last: %s"
                      .formatted(entry.attempts() + 1, reason),
                  waiting.size())));
    }
    Instant next = now.plus(pause(entry.attempts()));
    OutboxEntry again =
        new OutboxEntry(
            entry.id(), entry.account(), mail.withRecipients(waiting), next, entry.attempts() + 1);
    return new Settled(
        new OutboxSettlement(claim, again),
        Delivery.QUEUED,
        false,
        List.of(),
        List.of(new AuditFact.SendPostponed(reason, next)));
  }

  private static Settled inDoubt(OutboxClaim claim, String reason) {
    return new Settled(
        OutboxSettlement.done(claim),
        Delivery.IN_DOUBT,
        false,
        List.of(),
        List.of(new AuditFact.SendInDoubt(reason)));
  }

  private static List<EmailAddress> postponed(Map<EmailAddress, SmtpReply> refused) {
    return refused.entrySet().stream()
        .filter(each -> each.getValue().isTransient())
        .map(Entry::getKey)
        .toList();
  }

  private static String codesOf(Map<EmailAddress, SmtpReply> refused, boolean postponed) {
    return refused.values().stream()
        .filter(reply -> reply.isTransient() == postponed)
        .map(SmtpReply::codes)
        .findFirst()
        .orElse("no answer");
  }

  /** RFC 3463: 5.3.4, and 5.2.3 of the mailbox, mean the size; a code alone helps no agent. */
  private static String inWords(SmtpReply reply) {
    String enhanced = reply.enhanced();
    return "5.3.4".equals(enhanced) || "5.2.3".equals(enhanced)
        ? "the mail is larger than the server takes (%s)".formatted(reply.codes())
        : reply.codes();
  }

  private static Duration pause(int attempts) {
    return Duration.ofMinutes(PAUSES[Math.min(attempts, PAUSES.length - 1)]);
  }
}
