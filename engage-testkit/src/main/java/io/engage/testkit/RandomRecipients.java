package io.engage.testkit;

import static io.engage.testkit.SampleRecipients.BUYERS;
import static io.engage.testkit.SampleRecipients.OWNERS;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Recipients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Does one thing after the other to recipients, in an order that a seed decides. */
final class RandomRecipients {
  private static final List<ListId> LISTS = List.of(BUYERS, OWNERS);
  private static final List<RecipientStatus> ENDS =
      List.of(
          RecipientStatus.SENT,
          RecipientStatus.FAILED,
          RecipientStatus.REJECTED,
          RecipientStatus.IN_DOUBT);
  private static final int ALL = 100_000;

  private final Recipients recipients;
  private final Random random;
  private final List<RecipientClaim> claims = new ArrayList<>();
  private Instant now = Sample.MONDAY;
  private long lastRow;

  RandomRecipients(Recipients recipients, long seed) {
    this.recipients = recipients;
    this.random = new Random(seed);
  }

  List<ListId> lists() {
    return LISTS;
  }

  RecipientCounts counted() {
    return LISTS.stream()
        .flatMap(list -> recipients.of(list, Set.of(), 0, ALL).stream())
        .map(each -> RecipientCounts.of(each.state()))
        .reduce(RecipientCounts.NONE, RecipientCounts::plus);
  }

  void step() {
    now = now.plusSeconds(random.nextInt(20));
    switch (random.nextInt(12)) {
      case 0 -> add();
      case 1, 2 -> claims.addAll(recipients.claim(LISTS, random.nextInt(5), now, later()));
      case 3, 4 -> recipients.markAttempting(some());
      case 5, 6 -> recipients.settle(some().stream().map(this::settlement).toList());
      case 7 -> recipients.note(List.of(note()));
      case 8 -> recipients.release(some(), later());
      case 9 -> claims.addAll(recipients.claimAbandoned(LISTS, random.nextInt(5), now, later()));
      case 10 -> recipients.prolong(some(), later());
      default -> forget();
    }
  }

  private void add() {
    ListId list = LISTS.get(random.nextInt(2));
    List<Recipient> added = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      lastRow++;
      added.add(
          random.nextInt(5) == 0
              ? SampleRecipients.invalid(list, lastRow)
              : SampleRecipients.recipient(list, lastRow));
    }
    recipients.add(added);
  }

  /** Old ones too, which others have by now. */
  private List<RecipientClaim> some() {
    return random
        .ints(random.nextInt(4), 0, Math.max(1, claims.size()))
        .filter(i -> i < claims.size())
        .distinct()
        .mapToObj(claims::get)
        .toList();
  }

  private RecipientSettlement settlement(RecipientClaim claim) {
    RecipientOutcome outcome = RecipientOutcome.of(Why.POSTPONED, "By chance");
    if (random.nextInt(8) == 0) {
      return RecipientSettlement.notBegun(claim, now, later());
    }
    return random.nextInt(4) == 0
        ? RecipientSettlement.again(claim, outcome, now, later())
        : RecipientSettlement.end(claim, ENDS.get(random.nextInt(ENDS.size())), outcome, now);
  }

  private RecipientNote note() {
    RecipientNote.Kind[] kinds = RecipientNote.Kind.values();
    return RecipientsContract.note(anyone(), kinds[random.nextInt(kinds.length)], now);
  }

  private void forget() {
    if (random.nextInt(20) == 0) {
      recipients.remove(LISTS.get(random.nextInt(2)), 5);
    } else {
      recipients.erase(List.of(anyone()), "person-" + random.nextInt(9), now);
    }
  }

  private RecipientId anyone() {
    return RecipientId.of(LISTS.get(random.nextInt(2)), 1 + random.nextLong(lastRow + 1));
  }

  private Instant later() {
    return now.plusSeconds(random.nextInt(60));
  }
}
