package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.dialing.Dialing;
import io.engage.model.audit.Actor;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Recipients;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what became of claims, with patience where it must not be lost. */
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

  private final Foundation foundation;
  private final Patience patience;
  private final Suppressing suppressing;

  Settling(Foundation foundation, Patience patience) {
    this.foundation = foundation;
    this.patience = patience;
    this.suppressing = new Suppressing(foundation);
  }

  /** What is known about mails that went out is worth some patience with the store. */
  void settle(List<RecipientSettlement> settled, Instant until) {
    if (!settled.isEmpty()) {
      noteLate(patience.keep(until, () -> recipients().settle(settled)));
    }
  }

  /** Whoever was overtaken knows more than whoever overtook it: that one saw no end. */
  private void noteLate(List<RecipientSettlement> passedOver) {
    List<RecipientNote> notes = passedOver.stream().flatMap(each -> note(each).stream()).toList();
    if (!notes.isEmpty()) {
      LOG.warn("{} recipients were worked on past the end of their lease", notes.size());
      recipients().note(notes);
    }
  }

  private static Optional<RecipientNote> note(RecipientSettlement late) {
    if (late.status() == RecipientStatus.SENT) {
      return Optional.of(RecipientNote.of(late.recipient(), RecipientNote.Kind.ARRIVED, late.at()));
    }
    return late.status() == RecipientStatus.REJECTED
        ? Optional.of(RecipientNote.rejected(late.recipient(), late.outcome(), late.at()))
        : Optional.empty();
  }

  /** Whoever was interrupted before is not just given back: an earlier mail may have arrived. */
  void release(Campaign campaign, Collection<RecipientClaim> claims, Instant until) {
    Map<Boolean, List<RecipientClaim>> interrupted =
        claims.stream().collect(Collectors.partitioningBy(RecipientClaim::interrupted));
    List<RecipientClaim> fresh = interrupted.getOrDefault(false, List.of());
    if (!fresh.isEmpty()) {
      recipients().release(fresh, until);
    }
    List<RecipientSettlement> heldBack =
        interrupted.getOrDefault(true, List.of()).stream()
            .map(each -> Dialing.heldBack(each, campaign.plan().doubt(), now(), until))
            .toList();
    if (!heldBack.isEmpty()) {
      recipients().settle(heldBack);
    }
  }

  /** Addresses that do not exist are not written to by any campaign again. */
  void suppress(Campaign campaign, List<RecipientClaim> unknown, Instant until) {
    List<Suppressing.Wish> wishes =
        unknown.stream()
            .map(each -> new Suppressing.Wish(each.recipient(), campaign, "no such address"))
            .toList();
    patience.keep(
        until,
        () -> {
          suppressing.suppress(wishes, Actor.DIALER);
          return wishes.size();
        });
  }

  private Recipients recipients() {
    return foundation.storage().recipients();
  }

  private Instant now() {
    return foundation.clock().instant();
  }
}
