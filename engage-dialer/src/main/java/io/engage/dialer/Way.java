package io.engage.dialer;

import io.engage.dialer.dialing.Verdict.Sign;
import io.engage.dialer.pacing.Circuit;
import io.engage.dialer.pacing.Tempo;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The way to the server of one account, as this node has found it. */
final class Way {
  private final Semaphore connections;
  private final Map<CampaignId, Long> held = new HashMap<>();
  private Circuit circuit = Circuit.NEW;
  private final DomainTempos domains = new DomainTempos();
  private Tempo tempo = Tempo.FREE;
  private @Nullable String fault;

  Way(int mostConnections) {
    this.connections = new Semaphore(mostConnections);
  }

  /** Whether one more connection may be opened; it is given back when it is closed. */
  boolean takeConnection() {
    return connections.tryAcquire();
  }

  void giveBackConnection() {
    connections.release();
  }

  /** What it says to all of us. */
  synchronized void saw(Sign sign, Instant now) {
    switch (sign) {
      case TAKEN -> {
        circuit = circuit.tookMail();
        tempo = tempo.took(now);
      }
      case NEUTRAL, PUT_OFF, TOO_FAST_FOR_THEM -> circuit = circuit.answered();
      case TOO_FAST -> {
        circuit = circuit.answered();
        tempo = tempo.slowed(now);
      }
      case REFUSED_US -> circuit = circuit.refusedUs();
      case MINDS_US -> circuit = circuit.mindedUs();
      case NOT_REACHED -> circuit = circuit.notReached(now);
    }
  }

  /**
   * What it says to a mail for somebody of a domain.
   *
   * @return whether the mails behind it wait
   */
  synchronized boolean saw(Sign sign, RecipientId recipient, String domain, Instant now) {
    Sign meant = meant(sign, recipient, domain, now);
    saw(meant, now);
    return switch (meant) {
      case TAKEN, NEUTRAL, PUT_OFF, TOO_FAST_FOR_THEM -> false;
      case TOO_FAST, REFUSED_US, MINDS_US, NOT_REACHED -> true;
    };
  }

  private Sign meant(Sign sign, RecipientId recipient, String domain, Instant now) {
    return switch (sign) {
      case TAKEN -> {
        domains.took(domain, now);
        yield sign;
      }
      case PUT_OFF -> domains.putOff(recipient, domain, now) ? Sign.TOO_FAST : sign;
      case TOO_FAST_FOR_THEM -> domains.complained(domain, now) ? Sign.TOO_FAST : sign;
      default -> sign;
    };
  }

  /** Whether mails to some domains are to be fewer than to others. */
  synchronized boolean slowsDomains() {
    return !domains.areFree();
  }

  /** How many mails may go to a domain now, as far as that goes. */
  synchronized int allowanceFor(String domain, int wanted, Instant now) {
    return domains.allowance(domain, wanted, now);
  }

  synchronized Duration apart(String domain) {
    return domains.apart(domain);
  }

  /** When a mail may go to a domain again. */
  synchronized Instant next(String domain) {
    return domains.free(domain);
  }

  synchronized boolean takesOthers() {
    return circuit.takesOthers();
  }

  synchronized int allowance(int wanted, Instant now) {
    return now.isBefore(circuit.retryAt()) ? 0 : tempo.allowance(wanted, now);
  }

  /** When there may be an allowance again. */
  synchronized Instant next() {
    return circuit.retryAt().isAfter(tempo.free()) ? circuit.retryAt() : tempo.free();
  }

  /** A mail was handed over. */
  synchronized void went(String domain, Instant now) {
    tempo = tempo.went(1, now);
    domains.went(domain, now);
  }

  /** It cannot go well before somebody has mended something. */
  synchronized void isFaulty(String why) {
    fault = why;
  }

  /**
   * Why this campaign is not to go on through this account; empty when it may. Whoever resumes a
   * campaign that was held for it has the way tried anew.
   */
  synchronized Optional<String> findTrouble(Campaign campaign) {
    Optional<String> trouble = fault == null ? circuit.findTrouble() : Optional.of(fault);
    Long heldAs = held.get(campaign.id());
    if (trouble.isPresent() && heldAs != null && campaign.version() > heldAs) {
      circuit = circuit.triedAnew();
      fault = null;
      held.clear();
      return Optional.empty();
    }
    return trouble;
  }

  /** A campaign was held because of the trouble, and has this version since. */
  synchronized void wasHeld(Campaign campaign) {
    held.put(campaign.id(), campaign.version());
  }
}
