package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.pacing.Rates;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Takes from the rates of campaigns, accounts and domains, over all nodes together. What has no
 * limit costs nothing; a limit costs an exchange with the store for each batch.
 */
final class PaceBook {
  private final Foundation foundation;
  private final AccountPaces accounts;
  private final PaceBuckets buckets;

  PaceBook(Foundation foundation, AccountPaces accounts) {
    this.foundation = foundation;
    this.accounts = accounts;
    this.buckets = new PaceBuckets(foundation.storage().paces(), foundation.clock());
  }

  /**
   * How many mails may go now.
   *
   * @param next when there may be one, if there is none now
   */
  record Grant(int mails, Instant next) {}

  /** For a campaign through an account. */
  Grant take(Campaign campaign, MailAccount account, int wanted) {
    List<Bucket> limits = limits(campaign, account);
    Grant grant = new Grant(wanted, foundation.clock().instant());
    for (int i = 0; i < limits.size() && grant.mails() > 0; i++) {
      Grant less = take(limits.get(i), grant.mails());
      giveBack(limits.subList(0, i), grant.mails() - less.mails());
      grant = less;
    }
    return grant;
  }

  /** What was taken for more mails than there were. */
  void giveBack(Campaign campaign, MailAccount account, int mails) {
    giveBack(limits(campaign, account), mails);
  }

  /** Whether there is a limit for each domain. */
  static boolean limitsDomains(Campaign campaign) {
    return Rates.perDomain(campaign.plan().pace()).isPresent();
  }

  /** The longest time that passes between two mails through an account, whoever sends them. */
  Duration longestPause(AccountId account) {
    return Rates.longestPause(accounts.findGiven(account).orElse(Pace.UNLIMITED));
  }

  /** For the addresses of one domain. */
  Grant takeForDomain(Campaign campaign, String domain, int wanted) {
    Pace pace = campaign.plan().pace();
    Optional<BucketConfiguration> limit = Rates.perDomain(pace);
    if (limit.isEmpty()) {
      return new Grant(wanted, foundation.clock().instant());
    }
    String name = ofDomains(campaign.id()) + hidden(domain) + '/' + Rates.name(pace);
    return take(bucket(name, limit.get()), wanted);
  }

  /**
   * Drops what is kept for a campaign that has ended for good, or long ago. One that has finished
   * may go on at once with another list, and at its pace.
   */
  static void forget(Foundation foundation, CampaignId campaign) {
    foundation.storage().paces().removeAll(ofCampaign(campaign));
    foundation.storage().paces().removeAll(ofDomains(campaign));
  }

  private static String ofCampaign(CampaignId campaign) {
    return "campaign/" + campaign.value() + '/';
  }

  private static String ofDomains(CampaignId campaign) {
    return "domain/" + campaign.value() + '/';
  }

  /** Some people have a domain to themselves, and its rate is no place to find them. */
  private String hidden(String domain) {
    byte[] name = domain.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(foundation.keys().sign("pace", name));
  }

  private static void giveBack(List<Bucket> limits, int mails) {
    if (mails > 0) {
      limits.forEach(each -> each.addTokens(mails));
    }
  }

  private Grant take(Bucket bucket, int wanted) {
    int taken = (int) bucket.tryConsumeAsMuchAsPossible(wanted);
    Instant now = foundation.clock().instant();
    if (taken > 0) {
      return new Grant(taken, now);
    }
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return new Grant(0, now.plus(Duration.ofNanos(Math.max(nanos, 1_000_000))));
  }

  private List<Bucket> limits(Campaign campaign, MailAccount account) {
    List<Bucket> limits = new ArrayList<>();
    Pace own = campaign.plan().pace();
    Rates.decide(own)
        .ifPresent(limit -> limits.add(bucket(ofCampaign(campaign.id()) + Rates.name(own), limit)));
    Pace shared = accounts.of(account);
    Rates.decide(shared)
        .ifPresent(
            limit ->
                limits.add(
                    bucket("account/" + account.id().value() + '/' + Rates.name(shared), limit)));
    return limits;
  }

  private Bucket bucket(String name, BucketConfiguration limit) {
    return buckets.builder().build(name, () -> limit);
  }
}
