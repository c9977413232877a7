package io.engage.dialer;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that are nowhere but in the hands of whoever works on them, as if a database had them: what
 * is imported is looked at and forgotten, and made anew when it is claimed. For one thread, one
 * list, and rows like those of {@link Mailing#customer}, with no address twice.
 */
final class FleetingRecipients {
  private final Map<RecipientId, Recipient> claimed = new HashMap<>();
  private final Deque<Recipient> back = new ArrayDeque<>();
  private ListId list = ListId.of("none");
  private long imported;
  private long next = 1;
  private long tokens;
  private long calls;
  private RecipientCounts done = RecipientCounts.NONE;

  Storage over(Storage good) {
    Recipients fleeting = Between.callersAnd(Recipients.class, good.recipients(), this::answer);
    return Between.callersAnd(
        Storage.class, good, call -> call.name().equals("recipients") ? fleeting : call.proceed());
  }

  /** How many came in as they should, each behind the one before. */
  long imported() {
    return imported;
  }

  long settled() {
    return done.processed();
  }

  long sent() {
    return done.sent();
  }

  /** How often it was asked for anything but a look at figures, which goes by time. */
  long calls() {
    return calls;
  }

  @SuppressWarnings("unchecked")
  private Object answer(Between.Call call) {
    calls += call.name().equals("counts") ? 0 : 1;
    return switch (call.name()) {
      case "add" -> add((Collection<Recipient>) call.argument(0));
      case "first" -> Map.of();
      case "claim" -> claim((int) call.argument(1));
      case "markAttempting" -> List.copyOf((Collection<RecipientClaim>) call.argument(0));
      case "settle" -> settle((Collection<RecipientSettlement>) call.argument(0));
      case "release" -> release((Collection<RecipientClaim>) call.argument(0));
      case "claimAbandoned" -> List.of();
      case "counts" -> done.plus(pending());
      case "nextDue" -> nextDue();
      case "lastWorkedOn" -> Optional.empty();
      default -> throw new UnsupportedOperationException(call.name());
    };
  }

  private int add(Collection<Recipient> recipients) {
    for (Recipient each : recipients) {
      list = each.id().list();
      imported += each.equals(Mailing.customer(list, imported + 1)) ? 1 : 0;
    }
    return recipients.size();
  }

  private List<RecipientClaim> claim(int limit) {
    List<RecipientClaim> claims = new ArrayList<>();
    while (claims.size() < limit && isAnybodyLeft()) {
      Recipient each = back.isEmpty() ? made(next++) : back.removeFirst();
      claimed.put(each.id(), each);
      claims.add(new RecipientClaim(each, ++tokens, false));
    }
    return claims;
  }

  private Recipient made(long row) {
    return Mailing.customer(list, row).withState(RecipientState.PENDING.claimed());
  }

  private boolean isAnybodyLeft() {
    return next <= imported || !back.isEmpty();
  }

  private List<RecipientSettlement> settle(Collection<RecipientSettlement> settlements) {
    for (RecipientSettlement each : settlements) {
      Recipient settled = claimed.remove(each.recipient());
      if (each.status() == RecipientStatus.PENDING) {
        back.add(settled);
      } else {
        done = done.plus(RecipientCounts.of(settled.state().settled(each)));
      }
    }
    return List.of();
  }

  private boolean release(Collection<RecipientClaim> claims) {
    return claims.stream().allMatch(each -> back.add(claimed.remove(each.recipient().id())));
  }

  private RecipientCounts pending() {
    long waiting = imported - done.processed() - claimed.size();
    return new RecipientCounts(waiting, claimed.size(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private Optional<Instant> nextDue() {
    return isAnybodyLeft() || !claimed.isEmpty() ? Optional.of(Instant.EPOCH) : Optional.empty();
  }
}
