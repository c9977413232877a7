package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.dialing.Dialing;
import io.engage.dialer.dialing.Verdict;
import io.engage.dialer.rendering.RenderedMail;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.message.MailContent;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.EnvelopeSupply;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the mails of a marked group to a session, one at a time and composed at the last moment, so
 * that no more than two are in memory; and collects what became of each.
 */
final class Batch implements EnvelopeSupply {
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  /**
   * How long the others wait when a store is away: less than whoever met it, who is not first
   * again.
   */
  private static final Duration AWAY = Duration.ofSeconds(30);

  private final Foundation foundation;
  private final Way way;
  private final Doubt doubt;
  private final BooleanSupplier mayGoOn;
  private final Function<RenderedMail.Complete, Optional<EmailAddress>> sender;
  private final Deque<Ready> waiting;
  private final Deque<Ready> underWay = new ArrayDeque<>();
  private final List<Ready> held = new ArrayList<>();
  private final List<RecipientSettlement> settlements = new ArrayList<>();
  private final List<RecipientClaim> unknown = new ArrayList<>();
  private final Instant begun;
  private int handedOver;
  private boolean stopped;
  private Duration rest = Duration.ZERO;

  /** A claim that was marked, with its mail and what all mails of its list have in common. */
  record Ready(RecipientClaim claim, RenderedMail.Complete mail, ListMails list) {
    /** To which it goes. */
    String domain() {
      return mail.message().to().get(0).address().domain();
    }
  }

  /**
   * @param mayGoOn asked before each mail
   * @param sender to whom what cannot be delivered is returned
   */
  Batch(
      Foundation foundation,
      Way way,
      Doubt doubt,
      BooleanSupplier mayGoOn,
      Function<RenderedMail.Complete, Optional<EmailAddress>> sender,
      List<Ready> marked) {
    this.foundation = foundation;
    this.way = way;
    this.doubt = doubt;
    this.mayGoOn = mayGoOn;
    this.sender = sender;
    this.waiting = new ArrayDeque<>(marked);
    this.begun = foundation.clock().instant();
  }

  @Override
  public Optional<Envelope> nextIfReady() {
    while (!stopped && !waiting.isEmpty() && mayGoOn.getAsBoolean()) {
      Ready next = waiting.remove();
      Envelope envelope = isHeld(next) ? null : enveloped(next);
      if (envelope != null) {
        underWay.add(next);
        handedOver++;
        way.went(next.domain(), now());
        return Optional.of(envelope);
      }
    }
    return Optional.empty();
  }

  /** The server may have had enough of its domain since it was marked; others go on. */
  private boolean isHeld(Ready next) {
    boolean holds = way.slowsDomains() && way.allowanceFor(next.domain(), 1, now()) == 0;
    if (holds) {
      held.add(next);
    }
    return holds;
  }

  @Override
  public Optional<Envelope> awaitNext() {
    return nextIfReady();
  }

  private @Nullable Envelope enveloped(Ready next) {
    try {
      byte[] bytes = next.list().compose(next.mail());
      return new Envelope(
          sender.apply(next.mail()).orElse(null),
          List.copyOf(next.mail().message().envelopeRecipients()),
          MailContent.of(bytes));
    } catch (IOException | RuntimeException unusable) {
      settlements.add(notComposed(next.claim(), unusable));
      return null;
    }
  }

  private RecipientSettlement notComposed(RecipientClaim claim, Exception unusable) {
    LOG.warn(
        "The mail of recipient '{}' could not be made: {}",
        claim.recipient().id(),
        unusable.getClass().getName());
    if (unusable instanceof PortFailure away && away.isRetryable()) {
      stopped = true;
      rest = AWAY;
      return Dialing.notComposedYet(claim, now());
    }
    return Dialing.failed(
        claim, RecipientOutcome.of(Why.NOT_COMPOSED, "No mail could be made of it"), now());
  }

  /** What became of the mail that was handed out first among those under way. */
  void told(SendOutcome outcome) {
    Ready told = underWay.remove();
    RecipientClaim claim = told.claim();
    Instant now = now();
    Verdict verdict =
        Dialing.decide(claim, outcome, new Dialing.Light(doubt, way.takesOthers(), now));
    settlements.add(verdict.settlement());
    if (verdict.suppress()) {
      unknown.add(claim);
    }
    stopped |= way.saw(verdict.sign(), claim.recipient().id(), told.domain(), now);
  }

  /** Nobody can know how far those got that were under way when the session broke. */
  void broken() {
    while (!underWay.isEmpty()) {
      told(new SendOutcome.InDoubt("The session broke"));
    }
  }

  /** What became of all of them; whose turn did not come has it again. */
  List<RecipientSettlement> settlements() {
    Instant now = now();
    Instant next = rest.isZero() ? begun : now.plus(rest);
    waiting.forEach(each -> settlements.add(Dialing.notBegun(each.claim(), now, next)));
    waiting.clear();
    held.forEach(
        each -> settlements.add(Dialing.notBegun(each.claim(), now, way.next(each.domain()))));
    held.clear();
    return settlements;
  }

  /** How many mails the session has taken from here. */
  int handedOver() {
    return handedOver;
  }

  /** Those whose addresses do not exist. */
  List<RecipientClaim> unknown() {
    return unknown;
  }

  private Instant now() {
    return foundation.clock().instant();
  }
}
