package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.classifying.Classifying;
import io.engage.core.classifying.SmsGatewaySender;
import io.engage.core.configuring.RuleDepth;
import io.engage.core.erasing.Pseudonyms;
import io.engage.core.erasing.Veil;
import io.engage.core.receiving.Receiving;
import io.engage.core.signing.SignedLinks;
import io.engage.core.signing.SigningKeys;
import io.engage.core.threading.ThreadTokens;
import io.engage.core.threading.Threading;
import io.engage.core.trusting.Trusting;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.AgentDirectory;
import io.engage.spi.Appointments;
import io.engage.spi.BlobStore;
import io.engage.spi.BlobWalk;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.EngageListener;
import io.engage.spi.IdSource;
import io.engage.spi.MailSystem;
import io.engage.spi.Permissions;
import io.engage.spi.Presence;
import io.engage.spi.ScreenMonitor;
import io.engage.spi.Signatures;
import io.engage.spi.SmsGateway;
import io.engage.spi.Storage;
import io.engage.spi.ToDos;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared customer inbox, ready to use. A host builds one from its ports, keeps it, and closes
 * it at the end.
 *
 * <p>Thread-safe. Nothing runs by itself until {@link #start} is called: a host may as well call
 * {@link MailDesk#sync} and {@link OutboxDesk#workOff} when it pleases. Any number of these, on any
 * number of nodes, may work on one {@link Storage}.
 */
public final class Engage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engage.class);

  private final Parts parts;
  private final MailDesk mail;
  private final OutboxDesk outbox;
  private final DistributionDesk distribution;
  private final Foundation foundation;
  private final Executor executor;
  private final @Nullable ExecutorService ownThreads;
  private final RandomGenerator random;
  private final LiveView live;
  private final List<Job> timers;
  private final List<Job> daily;
  private final List<Running> running = new ArrayList<>();

  private Engage(
      Builder builder,
      Parts parts,
      SigningKeys keys,
      Executor executor,
      @Nullable ExecutorService ownThreads) {
    this.parts = parts;
    this.foundation = new Foundation(parts, keys, executor);
    this.ownThreads = ownThreads;
    this.executor = executor;
    this.random = builder.random;
    this.distribution = new DistributionDesk(parts, builder.random);
    parts.committing().afterEach(new Drains(distribution::stirred, executor)::committed);
    this.live = new LiveView(parts);
    this.timers = timers(parts);
    this.daily = daily(builder, parts);
    parts.committing().afterEach(change -> parts.chain().wake());
    Threading threading = new Threading(parts.tokens());
    Receiving receiving = new Receiving(threading, new Trusting(builder.authenticationServers));
    Together together = new Together(executor);
    this.mail =
        new MailDesk(
            parts,
            new Intake(parts, receiving, threading, together, foundation::returns),
            together,
            new HealthBook(
                parts.committing(),
                parts.storage().leases(),
                parts.ids().next(),
                parts.clock(),
                builder.silentAfter));
    this.outbox = new OutboxDesk(parts, executor, mail.healthBook());
    builder.inboxes.forEach(this::configure);
  }

  /** What looks at the clock every few seconds, and does little when nothing is due. */
  private List<Job> timers(Parts parts) {
    return List.of(
        new DistributionJob(distribution, parts.clock()),
        new AbsenceJob(parts),
        new ThresholdJob(parts),
        new UnseenJob(parts));
  }

  private static List<Job> daily(Builder builder, Parts parts) {
    List<Job> daily = new ArrayList<>();
    builder.kept.forEach((inbox, age) -> daily.add(retention(inbox, age, parts)));
    if (parts.blobs() instanceof BlobWalk walk) {
      daily.add(
          new DailyJob(
              "blob-sweep", "", goesOn -> new BlobSweep(walk, parts).sweep(goesOn), parts));
    }
    return List.copyOf(daily);
  }

  /** Erases what an inbox has had for longer than the host wants to keep it. */
  private static Job retention(InboxId inbox, Duration age, Parts parts) {
    OnceADay.Work work =
        goesOn -> {
          Instant before = parts.clock().instant().minus(age);
          new Retention(Actor.PRIVACY, parts, goesOn).eraseBefore(inbox, before);
          if (goesOn.getAsBoolean()) {
            new BlobRemovals(parts).finish();
          }
        };
    return new DailyJob("retention:" + inbox.value(), age, work, parts);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where one agent works. Cheap; get it for each request. */
  public AgentDesk deskOf(Agent agent) {
    return new AgentDesk(agent, parts, mail);
  }

  /** Where an administrator sets up inboxes, accounts and templates. Cheap, as a desk is. */
  public SetupDesk setupOf(Agent agent) {
    return new SetupDesk(agent, parts, executor);
  }

  /** Where an agent tries rules on past mail. Cheap; get it for each request. */
  public RulesDesk rulesOf(Agent agent) {
    return new RulesDesk(agent, parts);
  }

  /** Where one agent answers what people may ask: what do you hold on me, and erase it. */
  public PrivacyDesk privacyOf(Agent agent) {
    return new PrivacyDesk(agent, parts);
  }

  /** Where one supervisor works. Cheap; get it for each request. */
  public SupervisorDesk supervisionOf(Agent agent) {
    return new SupervisorDesk(agent, parts, live);
  }

  /** Where mail comes in. */
  public MailDesk mail() {
    return mail;
  }

  /** Where mail goes out. */
  public OutboxDesk outbox() {
    return outbox;
  }

  /** Where what waits is offered to agents, by the strategies of the inboxes. */
  public DistributionDesk distribution() {
    return distribution;
  }

  /** Where text messages and the reports on them come in. */
  public SmsDesk sms() {
    return new SmsDesk(parts);
  }

  /** Where an administrator sets up text messages: numbers, what is said, who may send. */
  public ClientelingDesk clientelingOf(Agent agent) {
    return new ClientelingDesk(agent, parts);
  }

  /** What other modules of Engage build on. */
  public Foundation foundation() {
    return foundation;
  }

  /** What answers the links in our mails. */
  public CustomerLinks links() {
    return new CustomerLinks(parts);
  }

  /** Where one auditor works. Cheap; get it for each request. */
  public AuditDesk auditOf(Agent agent) {
    return new AuditDesk(agent, parts);
  }

  /** Where one agent looks for conversations afterwards, prints and exports them. Cheap. */
  public RecordingDesk recordingsOf(Agent agent) {
    return new RecordingDesk(agent, parts);
  }

  /**
   * All inboxes, in order of their ids, with how they are set up: for the host itself. What an
   * agent may see is at {@link AgentDesk#inboxes}.
   */
  public List<Inbox> inboxes() {
    return parts.storage().inboxes().inboxes();
  }

  /**
   * What there is to do again and again just now, each by one node at a time: for whatever runs
   * jobs on several nodes, instead of {@link #start}. Mailboxes that are set up later are among
   * what this gives later.
   */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    parts
        .accounts()
        .toWatch(inboxes())
        .forEach(account -> jobs.add(new MailboxJob(account, this::newWatch, mail, parts.clock())));
    for (int shard = 0; shard < OutboxJob.SHARDS; shard++) {
      jobs.add(new OutboxJob(shard, outbox, executor, parts.clock()));
    }
    jobs.addAll(timers);
    jobs.addAll(daily);
    return jobs;
  }

  private MailWatch newWatch(MailAccount account) {
    return new MailWatch(parts, mail, account, random);
  }

  /**
   * Watches the account of every inbox that receives, works off the outbox and gives out what waits
   * until the result is closed. Inboxes and accounts that are set up, changed or switched off
   * meanwhile, on whatever node, are followed within seconds.
   *
   * <p>An executor of the host's own needs a thread for each account and three more, which are
   * never given back while this runs, and at least one beside them: the listener is told on it,
   * batches are read on it, accounts send on it, what waits is offered on it, and live views and
   * whoever follows a conversation are shown what happens on it, side by side as far as there are
   * threads. What is cleared up once a day takes one of these as long as it lasts; with two of them
   * nothing waits for that. Without any the outbox tells the listener between two rounds, what
   * waits is offered a little later, and nobody can look on; the log says so. An account for which
   * there is no thread is named in the log, and its silence is told as any other.
   */
  public Running start() {
    Running started =
        new Running(
                outbox,
                mail,
                () -> parts.accounts().toWatch(inboxes()),
                this::newWatch,
                timers,
                daily,
                executor)
            .start(executor);
    synchronized (running) {
      running.add(started);
    }
    return started;
  }

  /** Ends everything that {@link #start} began, and the threads that Engage made itself. */
  @Override
  public void close() {
    distribution.close();
    synchronized (running) {
      running.forEach(Running::close);
      running.clear();
    }
    parts.chain().close();
    if (ownThreads != null) {
      endThreads(ownThreads);
    }
  }

  /** What was committed just now is still told to the listener. */
  private static void endThreads(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("Threads of Engage are still at work after 10 s");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stores an inbox that the host gave, unless there is one: that is the administrators'. */
  private void configure(Inbox wanted) {
    parts
        .committing()
        .retrying(
            () -> {
              Optional<Inbox> stored =
                  inboxes().stream().filter(each -> each.id().equals(wanted.id())).findFirst();
              Inbox next = wanted.withVersion(0);
              if (stored.isEmpty()) {
                parts
                    .committing()
                    .commit(
                        InboxChange.builder()
                            .inbox(next)
                            .audit(
                                parts
                                    .committing()
                                    .stamp(
                                        Actor.CONFIGURATION,
                                        AuditSubject.of(wanted.id()),
                                        new AuditFact.InboxConfigured(wanted.name(), List.of())))
                            .build());
              } else if (!stored.get().withVersion(0).equals(next)) {
                LOG.warn(
                    "Inbox '{}' is stored otherwise than it was given to the builder; it stays as"
                        + " it is stored. Change it at the setup desk.",
                    wanted.id());
              }
              return next;
            });
  }

  /** Takes the pieces that a host plugs in. */
  public static final class Builder {
    private @Nullable Storage storage;
    private @Nullable BlobStore blobs;
    private @Nullable MailSystem mail;
    private @Nullable CustomerDirectory customers;
    private AgentDirectory agents = AgentDirectory.none();
    private Permissions permissions = Permissions.everybody();
    private Presence presence = Presence.none();
    private ScreenMonitor screens = ScreenMonitor.none();
    private ToDos toDos = ToDos.none();
    private Appointments appointments = Appointments.none();
    private EngageListener listener = EngageListener.none();
    private final Map<AccountId, MailAccount> accounts = new LinkedHashMap<>();
    private final List<Inbox> inboxes = new ArrayList<>();
    private List<Secret> signingKeys = List.of();
    private Set<String> authenticationServers = Set.of();
    private Classifying classifying = Classifying.withoutSms();
    private @Nullable URI publicUrl;
    private String tenant = "";
    private Clock clock = Clock.systemUTC();
    private IdSource ids = IdSource.randomUuids();
    private RandomGenerator random = new SecureRandom();
    private Duration silentAfter = Duration.ofHours(1);
    private final Map<InboxId, Duration> kept = new LinkedHashMap<>();
    private boolean numbersInSubjects;
    private SmsGateway sms = SmsGateway.none();
    private String region = "ZZ";
    private Accounts.@Nullable Forwarding forwarding;
    private WritingRules writing = WritingRules.USUAL;
    private @Nullable Executor executor;

    private Builder() {}

    /** Where everything but the bytes of mails is kept. Required. */
    public Builder storage(Storage storage) {
      this.storage = requireNonNull(storage, "storage");
      return this;
    }

    /** Where the bytes of mails are kept. Required. */
    public Builder blobs(BlobStore blobs) {
      this.blobs = requireNonNull(blobs, "blobs");
      return this;
    }

    /** How mail is fetched, sent and read; {@code ImapMail} of engage-imap. Required. */
    public Builder mail(MailSystem mail) {
      this.mail = requireNonNull(mail, "mail");
      return this;
    }

    /** Who the customers are. Required. */
    public Builder customers(CustomerDirectory customers) {
      this.customers = requireNonNull(customers, "customers");
      return this;
    }

    /** What agents are called; without it lists find who works on something by their ids alone. */
    public Builder agents(AgentDirectory agents) {
      this.agents = requireNonNull(agents, "agents");
      return this;
    }

    /** What sends text messages; without it none are sent, and each says why. */
    public Builder sms(SmsGateway sms) {
      this.sms = requireNonNull(sms, "sms");
      return this;
    }

    /** Who may do what; without it everybody may do everything. */
    public Builder permissions(Permissions permissions) {
      this.permissions = requireNonNull(permissions, "permissions");
      return this;
    }

    /** Who is on the phone; without it nobody is. */
    public Builder presence(Presence presence) {
      this.presence = requireNonNull(presence, "presence");
      return this;
    }

    /** What shows supervisors the screens of agents; without it they are refused and told why. */
    public Builder screens(ScreenMonitor screens) {
      this.screens = requireNonNull(screens, "screens");
      return this;
    }

    /** Where agents put to-dos; without it they are refused and told why. */
    public Builder toDos(ToDos toDos) {
      this.toDos = requireNonNull(toDos, "toDos");
      return this;
    }

    /** Where agents book appointments; without it nothing is offered, and they are told why. */
    public Builder appointments(Appointments appointments) {
      this.appointments = requireNonNull(appointments, "appointments");
      return this;
    }

    /** Who is told of what happened; without it nobody. */
    public Builder listener(EngageListener listener) {
      this.listener = requireNonNull(listener, "listener");
      return this;
    }

    /**
     * A mail account that administrators cannot change; those that they set up are kept in the
     * storage. Each id once.
     */
    public Builder account(MailAccount account) {
      if (accounts.putIfAbsent(account.id(), account) != null) {
        throw new IllegalArgumentException(
            "There are two mail accounts '%s'. Give each an id of its own."
                .formatted(account.id().value()));
      }
      return this;
    }

    /**
     * An inbox, over one of the accounts. It is stored when Engage is built and there is none with
     * its id; what administrators made of it since, at the {@link SetupDesk}, stays as it is.
     */
    public Builder inbox(Inbox inbox) {
      inboxes.add(requireNonNull(inbox, "inbox"));
      return this;
    }

    /**
     * Under which domain inboxes may be given forwarding addresses: a domain of the host's own, all
     * of whose mail is delivered to one account. Where mailboxes elsewhere forward to such an
     * address, their mail arrives in its inbox, whatever account that sends through.
     *
     * @param account one of {@link #account}, with a server to fetch from
     */
    public Builder forwardingDomain(String domain, AccountId account) {
      String valid = EmailAddress.of("any@" + domain).domain();
      this.forwarding = new Accounts.Forwarding(valid, requireNonNull(account, "account"));
      return this;
    }

    /**
     * The key that signs our Message-IDs, at least 16 characters that nobody can guess, the same on
     * every node and after every restart; then the keys that were used before. Without one, Engage
     * makes one for this process: answers to mails that it sent before a restart are then found by
     * their In-Reply-To alone, and only from people who took part; and whoever refused text
     * messages cannot be erased, because nobody would recognise the refusal after a restart.
     */
    public Builder signingKeys(Secret current, Secret... earlier) {
      List<Secret> keys = new ArrayList<>(List.of(current));
      keys.addAll(Arrays.asList(earlier));
      if (keys.stream().anyMatch(key -> key.reveal().length() < 16)) {
        throw new IllegalArgumentException("A signing key needs at least 16 characters");
      }
      this.signingKeys = keys;
      return this;
    }

    /**
     * Puts the number of the conversation into the subject of each answer, as in {@code Re: My bike
     * [#482917365]}: customers can name it on the phone, and an answer whose mail program drops
     * every other trace still finds its conversation. Without this call subjects stay as they are;
     * numbers in the subjects of mail that arrives count in any case.
     */
    public Builder numbersInSubjects() {
      this.numbersInSubjects = true;
      return this;
    }

    /**
     * The names (authserv-id, RFC 8601) under which our own mail servers write
     * Authentication-Results, such as {@code mx.google.com}; empty for Exchange Online, which
     * writes none. They must remove what strangers write under these names, as RFC 8601 section 5
     * asks. Without any, no sender is ever verified or found forged, so that only known customers
     * get confirmations.
     */
    public Builder authenticationServers(String... names) {
      this.authenticationServers = new HashSet<>(Arrays.asList(names));
      return this;
    }

    /**
     * Whose mails are text messages.
     *
     * @param region as {@link #region} takes it, which need not be called then; the numbers in a
     *     mail to an inbox with a region of its own are there
     * @param gateways addresses or domains of gateways that forward text messages as mail
     */
    public Builder smsByMail(String region, String... gateways) {
      region(region);
      this.classifying =
          Classifying.of(Arrays.stream(gateways).map(SmsGatewaySender::of).toList(), region);
      return this;
    }

    /**
     * Where phone numbers without a country code are, two letters (ISO 3166-1) such as {@code US}.
     * Without it such numbers are not understood.
     */
    public Builder region(String region) {
      this.region = requireNonNull(region, "region");
      return this;
    }

    /**
     * After how long without a good look at a mailbox the listener is told of it; an hour when not
     * given.
     */
    public Builder silentAfter(Duration time) {
      this.silentAfter = requireNonNull(time, "time");
      return this;
    }

    /**
     * Erases once a day what came or went in an inbox more than so long ago, as {@link
     * PrivacyDesk#retain} does; without it everything is kept. For each inbox once.
     */
    public Builder keepFor(InboxId inbox, Duration age) {
      if (age.isNegative() || age.isZero()) {
        throw new IllegalArgumentException("Messages are kept for some time, but this is " + age);
      }
      kept.put(requireNonNull(inbox, "inbox"), age);
      return this;
    }

    /**
     * Where {@link CustomerLinks#handle} is mounted, such as {@code https://shop.example/engage};
     * without it mails carry no links.
     */
    public Builder publicUrl(URI url) {
      if (!"https".equalsIgnoreCase(url.getScheme()) && !"http".equalsIgnoreCase(url.getScheme())) {
        throw new IllegalArgumentException(
            "The public address '%s' has to begin with https:// (or http:// to try things out)"
                .formatted(url));
      }
      this.publicUrl = url;
      return this;
    }

    /**
     * What tells this installation from others that have the same signing keys; empty when not
     * given.
     */
    public Builder tenant(String name) {
      this.tenant = requireNonNull(name, "name");
      return this;
    }

    /**
     * How long an agent can take back what they sent from a draft; ten seconds when not given, zero
     * for never. Nothing is sent before.
     */
    public Builder undoWindow(Duration time) {
      this.writing = writing.withUndoWindow(requireNonNull(time, "time"));
      return this;
    }

    /** How large a mail of ours may be, in bytes as it travels; 25 MiB when not given. */
    public Builder largestMail(long bytes) {
      this.writing = writing.withLargestMail(bytes);
      return this;
    }

    /** How agents sign; without it nobody has a signature of their own. */
    public Builder signatures(Signatures signatures) {
      this.writing = writing.withSignatures(requireNonNull(signatures, "signatures"));
      return this;
    }

    /** What time it is; the system's clock when not given. */
    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** How ids are made; random UUIDs when not given. */
    public Builder ids(IdSource ids) {
      this.ids = requireNonNull(ids, "ids");
      return this;
    }

    /** What spreads retries of many nodes; a secure random when not given. */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * The threads that Engage may use; without it Engage makes its own, virtual ones where there
     * are. It must not run tasks on the caller's thread.
     */
    public Builder executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * @throws IllegalStateException when a required piece is missing; the message says which
     */
    public Engage build() {
      Storage givenStorage =
          given(storage, "storage", "To try things out, use InMemoryStorage of engage-memory.");
      MailSystem givenMail = given(mail, "mail system", "Call mail(ImapMail.create(credentials)).");
      BlobStore givenBlobs =
          given(blobs, "blob store", "Call blobs(SegmentBlobStore.open(folder)).");
      CustomerDirectory givenCustomers =
          given(customers, "customer directory", "Call customers(...) with your own.");
      requireGoodInboxes();
      ExecutorService own = executor == null ? Threads.newExecutor() : null;
      Executor threads = executor == null ? requireNonNull(own, "own") : executor;
      SigningKeys keys = new SigningKeys(keys());
      Pseudonyms pseudonyms = new Pseudonyms(keys, !signingKeys.isEmpty());
      Parts parts =
          new Parts(
              givenStorage,
              givenBlobs,
              givenMail,
              givenCustomers,
              agents,
              permissions,
              presence,
              toDos,
              appointments,
              MailReader.of(givenMail.format(), classifying)
                  .in(headers -> new Regions(givenStorage.inboxes()).apply(headers)),
              new ThreadTokens(keys),
              new Accounts(accounts, givenStorage, forwarding),
              clock,
              ids,
              new Committing(
                  givenStorage, listener, clock, ids, threads, new Veil(pseudonyms)::over),
              sms,
              numbersInSubjects,
              region,
              new LinkParts(publicUrl, new SignedLinks(keys, tenant)),
              pseudonyms,
              writing,
              !authenticationServers.isEmpty(),
              screens,
              new ChainFollower(givenStorage.audit(), threads, ChainFollower.PAUSE),
              threads);
      return new Engage(this, parts, keys, threads, own);
    }

    private void requireGoodInboxes() {
      for (Inbox inbox : inboxes) {
        RuleDepth.refusal(inbox.settings().rules())
            .ifPresent(
                reason -> {
                  throw new IllegalStateException(reason);
                });
        if (!accounts.containsKey(inbox.account())) {
          throw new IllegalStateException(
              "Inbox '%s' uses mail account '%s', which Engage was not given. Call account(...)."
                  .formatted(inbox.id().value(), inbox.account().value()));
        }
      }
      if (forwarding != null && !accounts.containsKey(forwarding.account())) {
        throw new IllegalStateException(
            "Mail for forwarding addresses arrives in mail account '%s', which Engage was not given."
                    .formatted(forwarding.account().value())
                + " Call account(...).");
      }
    }

    private List<Secret> keys() {
      if (!signingKeys.isEmpty()) {
        return signingKeys;
      }
      LOG.warn(
          "Engage has no signing key, so it makes one for this process alone. Call signingKeys(...)"
              + " with one that survives restarts.");
      byte[] bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      return List.of(Secret.of(HexFormat.of().formatHex(bytes)));
    }

    private static <T> T given(@Nullable T piece, String what, String advice) {
      if (piece == null) {
        throw new IllegalStateException("Engage has no %s. %s".formatted(what, advice));
      }
      return piece;
    }
  }
}
