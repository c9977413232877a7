package io.engage.dialer;

import static java.util.Objects.requireNonNull;

import io.engage.core.Engage;
import io.engage.core.Foundation;
import io.engage.core.Job;
import io.engage.dialer.inviting.InvitationReply;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.dialer.tracking.UnsubscribePage.Words;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.Agent;
import io.engage.model.mailbox.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bulk mail beside a shared inbox: sends campaigns to the recipients of their lists, within their
 * windows and at their pace, each once, and tells what became of each.
 *
 * <pre>{@code
 * try (Dialer dialer = Dialer.over(engage); Dialer.Running work = dialer.start()) {
 *   ...
 * }
 * }</pre>
 *
 * <p><b>State.</b> Everything is in the {@link io.engage.spi.Storage} of the Engage it stands over,
 * so any number of dialers, on any number of nodes, may work on the same campaigns: each recipient
 * is claimed by one of them at a time. A node that is killed loses nobody. What it had only claimed
 * is claimed again when the lease ends; the few whose mail may have been in the air are in doubt,
 * and the campaign's policy says whether they are sent to again.
 *
 * <p><b>Threads.</b> Nothing runs by itself until {@link #start} is called; a host may as well call
 * {@link #workOff} when it pleases. Thread-safe.
 *
 * <p><b>What comes back</b> for a campaign's mail while Engage imports it, such as bounces,
 * complaints and answers, is heard from the moment on at which this was built.
 */
public final class Dialer implements AutoCloseable {
  private final Engage engage;
  private final Foundation foundation;
  private final Campaigns campaigns;
  private final Turns turns;
  private final AccountPaces paces;
  private final Settings settings;
  private final Words words;
  private final List<DialerRun> running = new ArrayList<>();

  private Dialer(Builder builder) {
    this.engage = builder.engage;
    this.foundation = engage.foundation();
    this.settings = builder.settings;
    this.words = builder.words;
    this.campaigns = new Campaigns(foundation);
    this.paces = new AccountPaces(builder.limits);
    this.turns =
        new Turns(
            foundation,
            settings,
            new Patience(foundation.clock(), builder.waiting),
            new PaceBook(foundation, paces),
            new ProgressTelling(foundation, builder.progress));
    RecipientTokens tokens = new RecipientTokens(foundation.keys());
    foundation.recognise(
        new CampaignReturns(
            foundation,
            tokens::find,
            mail -> InvitationReplies.find(mail).map(InvitationReply::answer)));
  }

  /** A dialer with the usual settings. */
  public static Dialer over(Engage engage) {
    return builder(engage).build();
  }

  /** A dialer with settings of its own. */
  public static Builder builder(Engage engage) {
    return new Builder(engage);
  }

  /** What an agent does with campaigns. */
  public CampaignDesk deskOf(Agent agent) {
    return new CampaignDesk(requireNonNull(agent, "agent"), foundation, paces, this::wake);
  }

  /** Whoever waits looks again: an agent has changed something. */
  private void wake() {
    synchronized (running) {
      running.forEach(DialerRun::wake);
    }
  }

  /** What answers the links in mails: those of campaigns, and all others of Engage. */
  public CampaignLinks links() {
    return new CampaignLinks(foundation, engage.links(), words);
  }

  /**
   * Works off, on this thread and over one connection, all that is due now: sends, lets expire,
   * finishes. What has to wait, for a window, a pace, a server or a second attempt, is left.
   *
   * <p>A campaign that cannot be worked on keeps no other from its turn: what went wrong is thrown
   * when all of them have had theirs.
   *
   * @return when there is something to do again, as far as is known now; empty when nothing waits
   */
  public Optional<Instant> workOff() {
    Optional<Instant> next = Optional.empty();
    RuntimeException wrong = null;
    for (Campaign campaign : campaigns.running()) {
      try {
        next = earlier(next, workOff(campaign.id()));
      } catch (RuntimeException failed) {
        wrong = both(wrong, failed);
      }
    }
    try {
      turns.tidy();
    } catch (RuntimeException failed) {
      wrong = both(wrong, failed);
    }
    if (wrong != null) {
      throw wrong;
    }
    return next;
  }

  /** Has what is on its way just now stay with this node. */
  void beat() {
    turns.beat();
  }

  private static RuntimeException both(@Nullable RuntimeException first, RuntimeException next) {
    if (first == null) {
      return next;
    }
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private Optional<Instant> workOff(CampaignId campaign) {
    try (Line line = new Line(foundation)) {
      Turn turn = turns.take(campaign, line, () -> true);
      while (turn instanceof Turn.Worked && !Thread.currentThread().isInterrupted()) {
        turn = turns.take(campaign, line, () -> true);
      }
      return turn instanceof Turn.Waits waits ? Optional.of(waits.until()) : Optional.empty();
    }
  }

  /**
   * Dials all campaigns that run until the result, or this, is closed. Campaigns that are started,
   * changed, stopped or cancelled meanwhile, on whatever node, are followed within seconds.
   *
   * <p>Each connection of a campaign takes a thread of the executor of Engage, and this takes one.
   */
  public Running start() {
    DialerRun run = new DialerRun(foundation, turns, settings.longestPause()).start();
    synchronized (running) {
      running.add(run);
    }
    return run;
  }

  /**
   * What there is to dial just now: for whatever runs jobs on several nodes, instead of {@link
   * #start}. The connections of a campaign are counted over all nodes then.
   */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    jobs.add(new TidyJob(turns));
    for (Campaign campaign : campaigns.running()) {
      for (int number = 0; number < campaign.plan().pace().connections(); number++) {
        jobs.add(new DialJob(campaign.id(), number, foundation, turns));
      }
    }
    return jobs;
  }

  /** Ends what {@link #start} began. The Engage it stands over goes on. */
  @Override
  public void close() {
    synchronized (running) {
      running.forEach(DialerRun::close);
      running.clear();
    }
  }

  /** A dialer at work by itself. */
  public interface Running extends AutoCloseable {
    /**
     * Ends it, and waits until what is under way has ended, half a minute at most: no mail is begun
     * afterwards. May be called repeatedly.
     */
    @Override
    void close();
  }

  /** Takes what is different from the usual. */
  public static final class Builder {
    private final Engage engage;
    private final Map<AccountId, Pace> limits = new HashMap<>();
    private Settings settings = Settings.USUAL;
    private Consumer<CampaignProgress> progress = any -> {};
    private Words words = Words.ENGLISH;
    private Consumer<Duration> waiting = time -> LockSupport.parkNanos(time.toNanos());

    private Builder(Engage engage) {
      this.engage = requireNonNull(engage, "engage");
    }

    /**
     * Who is told how far campaigns are: at most once a second for each, and whenever one ends or
     * is held. It is called on the threads that send, and should be quick.
     */
    public Builder onProgress(Consumer<CampaignProgress> listener) {
      this.progress = requireNonNull(listener, "listener");
      return this;
    }

    /**
     * How fast all campaigns together may send through an account, over all nodes: what its
     * provider allows. When not given, what a provider that Engage knows takes in a minute, see
     * {@link io.engage.model.inbox.MailPreset#limits}; {@link Pace#UNLIMITED} takes that away. The
     * number of connections in it is not looked at.
     */
    public Builder limit(AccountId account, Pace pace) {
      limits.put(requireNonNull(account, "account"), requireNonNull(pace, "pace"));
      return this;
    }

    /** How many connections this node keeps to one account at most; 10 when not given. */
    public Builder connectionsPerAccount(int most) {
      this.settings = settings.withAccountConnections(positive("connections", most));
      return this;
    }

    /** How many recipients are claimed at once; 500 when not given. */
    public Builder claimAtOnce(int recipients) {
      this.settings = settings.withBlock(positive("recipients claimed at once", recipients));
      return this;
    }

    /**
     * How many recipients are marked together before their bytes go; 50 when not given. A node that
     * is killed leaves at most these in doubt for each connection; fewer cost more writes.
     */
    public Builder markAtOnce(int recipients) {
      this.settings = settings.withGroup(positive("recipients marked at once", recipients));
      return this;
    }

    /**
     * How long a node has for what it claimed; ten minutes when not given. So long others wait for
     * the claims of one that was killed. No group is begun in the second half of it.
     */
    public Builder lease(Duration time) {
      if (time.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("A lease of less than a second cannot be kept");
      }
      this.settings = settings.withLease(time);
      return this;
    }

    /**
     * After which time without work, within its windows, a running campaign is held until somebody
     * resumes it; an hour when not given. So a copy of the storage that was restored, or a node
     * that was away, sends nothing late or again.
     */
    public Builder resumeByHandAfter(Duration rest) {
      this.settings = settings.withRest(requireNonNull(rest, "rest"));
      return this;
    }

    /**
     * Has reports on mails come back to an address that names the recipient: {@code
     * shop+token@shop.example}. Only for inboxes whose server delivers that to {@code
     * shop@shop.example} and lets it send (RFC 5233); others reject every mail of a campaign.
     */
    public Builder namedReturnAddresses() {
      this.settings = settings.withNamedReturns();
      return this;
    }

    /** What the page says on which somebody unsubscribes; English when not given. */
    public Builder unsubscribeWords(Words newWords) {
      this.words = requireNonNull(newWords, "newWords");
      return this;
    }

    /** After which time a connection that waits looks for what other nodes gave back. */
    Builder longestPause(Duration time) {
      this.settings = settings.withLongestPause(time);
      return this;
    }

    /** How it is waited for a store that is away. */
    Builder waiting(Consumer<Duration> how) {
      this.waiting = requireNonNull(how, "how");
      return this;
    }

    public Dialer build() {
      return new Dialer(this);
    }

    private static int positive(String what, int count) {
      if (count < 1) {
        throw new IllegalArgumentException("The number of %s is at least 1".formatted(what));
      }
      return count;
    }
  }
}
