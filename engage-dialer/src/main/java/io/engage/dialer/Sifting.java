package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.Batch.Ready;
import io.engage.dialer.dialing.Dialing;
import io.engage.dialer.rendering.RenderedMail;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.message.OutboundAttachment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds those of a group who get a mail now, and makes their mails. */
final class Sifting {
  private final Foundation foundation;
  private final PaceBook paces;
  private final Settling settling;
  private final RowFiles files;
  private final DomainQueues queues = new DomainQueues();

  Sifting(Foundation foundation, PaceBook paces, Settling settling) {
    this.foundation = foundation;
    this.paces = paces;
    this.settling = settling;
    this.files = new RowFiles(foundation);
  }

  /**
   * Those whose mails may go now; whose turn comes later is given back.
   *
   * @param settled takes what became of those who get none
   */
  List<Ready> sift(AtWork job, List<RecipientClaim> claims, List<RecipientSettlement> settled) {
    List<Ready> ready = rendered(job, wanted(job, claims, settled), settled);
    boolean alike = !PaceBook.limitsDomains(job.campaign()) && !job.way().slowsDomains();
    return alike ? withinTurn(job, ready) : withinDomains(job, ready);
  }

  /** Those who may be written to now. */
  private List<RecipientClaim> wanted(
      AtWork job, List<RecipientClaim> claims, List<RecipientSettlement> settled) {
    Instant now = now();
    Map<RecipientClaim, EmailAddress> addresses = addresses(claims);
    Set<EmailAddress> suppressed = foundation.suppressed(addresses.values(), Suppressing.SCOPE);
    List<RecipientClaim> wanted = new ArrayList<>(claims.size());
    for (RecipientClaim claim : claims) {
      if (claim.interrupted() && job.campaign().plan().doubt() == Doubt.NEVER_TWICE) {
        settled.add(Dialing.interrupted(claim, now));
      } else if (Expiring.hasMissed(job.standing(), claim.recipient(), now)) {
        settled.add(Dialing.failed(claim, Expiring.late(), now));
      } else if (isSuppressed(addresses.get(claim), suppressed)) {
        settled.add(
            Dialing.failed(
                claim, RecipientOutcome.of(Why.SUPPRESSED, "They want no more such mail"), now));
      } else {
        wanted.add(claim);
      }
    }
    return wanted;
  }

  /** Rows without an address are not among them. */
  private static Map<RecipientClaim, EmailAddress> addresses(List<RecipientClaim> claims) {
    Map<RecipientClaim, EmailAddress> addresses = new IdentityHashMap<>();
    for (RecipientClaim claim : claims) {
      EmailAddress.parse(claim.recipient().address())
          .ifPresent(address -> addresses.put(claim, address));
    }
    return addresses;
  }

  private static boolean isSuppressed(
      @Nullable EmailAddress address, Set<EmailAddress> suppressed) {
    return address != null && suppressed.contains(address);
  }

  private List<Ready> rendered(
      AtWork job, List<RecipientClaim> claims, List<RecipientSettlement> settled) {
    Instant now = now();
    Map<String, OutboundAttachment> named =
        files.of(job.campaign(), claims.stream().map(RecipientClaim::recipient).toList());
    List<Ready> ready = new ArrayList<>();
    for (RecipientClaim claim : claims) {
      Recipient recipient = claim.recipient();
      ListMails mails = job.lists().get(recipient.id().list());
      RenderedMail mail =
          RowRendering.decide(mails == null ? null : mails.form(), recipient, named, now);
      if (mails != null && mail instanceof RenderedMail.Complete complete) {
        ready.add(new Ready(claim, complete, mails));
      } else if (mail instanceof RenderedMail.Unsendable unsendable) {
        settled.add(Dialing.failed(claim, unsendable.outcome(), now));
      }
    }
    return ready;
  }

  private List<Ready> withinTurn(AtWork job, List<Ready> ready) {
    int most = Math.min(ready.size(), job.tally().left());
    List<RecipientClaim> later =
        ready.subList(most, ready.size()).stream().map(Ready::claim).toList();
    settling.release(job.campaign(), later, now());
    return ready.subList(0, most);
  }

  /** Those of a domain that has had its share wait for it, and hold up no other. */
  private List<Ready> withinDomains(AtWork job, List<Ready> ready) {
    Map<String, List<Ready>> domains =
        ready.stream()
            .collect(Collectors.groupingBy(Ready::domain, LinkedHashMap::new, Collectors.toList()));
    Map<RecipientId, Ready> go = new LinkedHashMap<>();
    domains.forEach(
        (domain, mails) -> {
          int wanted = Math.min(mails.size(), job.tally().left() - go.size());
          int granted = granted(job, domain, wanted);
          mails.stream()
              .limit(granted)
              .forEach(each -> go.put(each.claim().recipient().id(), each));
          List<RecipientClaim> held = mails.stream().skip(granted).map(Ready::claim).toList();
          if (granted < wanted) {
            holdBack(job, domain, held);
          } else {
            settling.release(job.campaign(), held, now());
          }
        });
    return ready.stream().filter(each -> go.containsKey(each.claim().recipient().id())).toList();
  }

  /** As many as its server takes, and as the campaign allows. */
  private int granted(AtWork job, String domain, int wanted) {
    int taken = wanted == 0 ? 0 : job.way().allowanceFor(domain, wanted, now());
    return taken == 0 ? 0 : paces.takeForDomain(job.campaign(), domain, taken).mails();
  }

  private void holdBack(AtWork job, String domain, List<RecipientClaim> held) {
    job.tally().gotFurther();
    queues
        .add(job.campaign(), domain, held, job.way().apart(domain), now())
        .forEach((turn, claims) -> settling.release(job.campaign(), claims, turn));
  }

  private Instant now() {
    return foundation.clock().instant();
  }
}
