import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.queueing.Candidate;
import io.engage.core.queueing.QueuePlan;
import io.engage.core.queueing.Queueing;
import io.engage.core.queueing.Situation;
import io.engage.imap.MimeFormat;
import io.engage.jpa.JpaStorage;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.Strategy;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Service;
import io.engage.spi.Storage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Conversations that wait, given out: the decision alone, for inboxes of different size; then with
 * a store, all agents sign in, everything is drained, and one after another completes something and
 * gets something new. Each with a tenth of everything and with everything, so that what grows with
 * more than what changed shows. CPU time of the one thread that does it, and time on the clock.
 *
 * <p>{@code queues.sh} starts it: {@code QueueBenchmark AGENTS INBOXES QUEUED ROUNDS [JDBC-URL]}.
 */
public final class QueueBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Instant START = Instant.now().minus(Duration.ofDays(1));
  private static final AccountId ACCOUNT = AccountId.of("contact");
  private static final int MEMBERSHIPS = 3;
  private static final int LIMIT = 2;
  private static final int BATCH = 1000;

  private final Random random = new Random(20_261_122);
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final Storage storage;
  private final Engage engage;
  private final int agents;
  private final int inboxes;
  private final int queued;

  private QueueBenchmark(Storage storage, int agents, int inboxes, int queued) {
    this.storage = storage;
    this.agents = agents;
    this.inboxes = inboxes;
    this.queued = queued;
    Clock clock = Clock.systemUTC();
    this.engage =
        Engage.builder()
            .storage(storage)
            .blobs(InMemoryBlobStore.create(clock))
            .mail(InMemoryMail.create(MimeFormat.create(), clock))
            .customers(InMemoryCustomerDirectory.create())
            .signingKeys(Secret.of("a key for benchmarks, of some length"))
            .random(random)
            .executor(later::add)
            .build();
  }

  public static void main(String[] arguments) {
    int agents = Integer.parseInt(arguments[0]);
    int inboxes = Integer.parseInt(arguments[1]);
    int queued = Integer.parseInt(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    if (arguments.length == 4) {
      decisions(agents);
      new QueueBenchmark(InMemoryStorage.create(), agents / 10, inboxes / 10, queued / 10)
          .run(rounds); // warms up
    }
    System.out.printf(
        Locale.ROOT,
        "%n%-46s %16s %16s %8s%n",
        "us of CPU (on the clock), medians",
        "a tenth",
        "everything",
        "growth");
    String[] urls = Arrays.copyOfRange(arguments, 4, arguments.length);
    Figures tenth =
        new QueueBenchmark(store(urls, "tenth_"), agents / 10, inboxes / 10, queued / 10)
            .run(rounds);
    Figures all = new QueueBenchmark(store(urls, "all_"), agents, inboxes, queued).run(rounds);
    for (int i = 0; i < all.lines().size(); i++) {
      print(tenth.lines().get(i), all.lines().get(i));
    }
  }

  private static Storage store(String[] urls, String prefix) {
    if (urls.length == 0) {
      return InMemoryStorage.create();
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(urls[0]);
    config.setMaximumPoolSize(4);
    HikariDataSource database = new HikariDataSource(config);
    return JpaStorage.over(database).prefix(prefix).build();
  }

  private record Line(String name, double cpu, double clock) {}

  private record Figures(List<Line> lines) {}

  private static void print(Line tenth, Line all) {
    System.out.printf(
        Locale.ROOT,
        "%-46s %7.0f (%6.0f) %7.0f (%6.0f) %7.1f x%n",
        all.name(),
        tenth.cpu(),
        tenth.clock(),
        all.cpu(),
        all.clock(),
        all.cpu() / tenth.cpu());
  }

  // The decision alone

  private static void decisions(int most) {
    System.out.printf(Locale.ROOT, "%-24s", "us of CPU for a plan");
    for (Distribution each : Distribution.values()) {
      System.out.printf("%12s", each.code());
    }
    System.out.println();
    for (int members = 10; members <= most; members *= 10) {
      row("%d members, one free".formatted(members), members, 1, 1);
    }
    for (int members = 10; members <= most; members *= 10) {
      row("%d free, each offer".formatted(members), members, members, 5 * members);
    }
  }

  private static void row(String name, int members, int free, int waiting) {
    System.out.printf(Locale.ROOT, "%-24s", name);
    for (Distribution each : Distribution.values()) {
      Situation situation = situation(each, members, free, waiting);
      Random random = new Random(1);
      long[] nanos = new long[Math.max(7, 200_000 / (members + waiting * 10))];
      int offers = 0;
      for (int round = -nanos.length; round < nanos.length; round++) {
        long begun = THREADS.getCurrentThreadCpuTime();
        QueuePlan plan = Queueing.decide(situation, random);
        nanos[Math.max(0, round)] = THREADS.getCurrentThreadCpuTime() - begun;
        offers = plan.offers().size();
      }
      if (offers != waiting) {
        throw new IllegalStateException("%d offers for %d".formatted(offers, waiting));
      }
      System.out.printf(Locale.ROOT, "%12.2f", median(nanos) / waiting);
    }
    System.out.println();
  }

  private static Situation situation(
      Distribution distribution, int members, int free, int waiting) {
    List<Member> all =
        IntStream.range(0, members).mapToObj(i -> new Member(agentId(i), i % 101)).toList();
    InboxId id = InboxId.of("inbox-0");
    Inbox inbox = inbox(id, all, Strategy.of(Eligibility.NO_CALL, distribution), 5);
    List<Candidate> candidates = new ArrayList<>();
    for (Member each : all) {
      Agent agent = new Agent(each.agent(), "Agent");
      AgentSession session = AgentSession.never(agent, START).signedIn(agent, START);
      boolean isFree = candidates.size() >= members - free;
      candidates.add(
          new Candidate(
              each,
              isFree ? session : session.paused("lunch", START),
              CallState.NO_CALL,
              List.of(),
              true));
    }
    List<Conversation> queue =
        IntStream.range(0, waiting).mapToObj(i -> conversation(i, id, i)).toList();
    return new Situation(inbox, Instant.now(), candidates, queue, null, Set.of());
  }

  // With a store

  private Figures run(int rounds) {
    fill();
    List<Line> lines = new ArrayList<>();
    lines.add(median("an agent signs in", rounds, this::signIn));
    signInFrom(rounds);
    lines.add(drainAll());
    runLater();
    lines.add(median("looked over, nothing to give", Math.min(rounds, 11), i -> give()));
    List<Conversation> accepted = new ArrayList<>();
    lines.add(
        median("an offer is accepted", rounds, i -> accepted.add(accept(i)), i -> runLater()));
    long[][] given = new long[2][rounds];
    lines.add(completions(rounds, accepted, given));
    lines.add(new Line("... what they get instead", median(given[0]), median(given[1])));
    lines.add(arrivals(rounds));
    engage.close();
    return new Figures(lines);
  }

  private Line drainAll() {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    int offers = give();
    double clock = (System.nanoTime() - begun) / 1e3;
    double used = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3;
    int expected = Math.min(queued, agents * MEMBERSHIPS * LIMIT);
    if (offers < expected * 9 / 10) {
      throw new IllegalStateException("Only %d offers of %d".formatted(offers, expected));
    }
    System.out.printf(
        Locale.ROOT,
        "%d agents, %d inboxes, %d queued: %d offers after a mass login in %.1f s (CPU %.1f s)%n",
        agents,
        inboxes,
        queued,
        offers,
        clock / 1e6,
        used / 1e6);
    return new Line("each offer after a mass login", used / offers, clock / offers);
  }

  private int give() {
    return engage.distribution().workOff();
  }

  private void signIn(int i) {
    if (!desk(i).queue().signIn().isDone()) {
      throw new IllegalStateException("Agent %d cannot sign in".formatted(i));
    }
  }

  /** The others, as the desk would store it. */
  private void signInFrom(int first) {
    for (int from = first; from < agents; from += BATCH) {
      InboxChange.Builder change = InboxChange.builder();
      for (int i = from; i < Math.min(agents, from + BATCH); i++) {
        Agent agent = new Agent(agentId(i), "Agent " + i);
        change.document(AgentSession.never(agent, Instant.now()).signedIn(agent, Instant.now()));
      }
      storage.inboxes().commit(change.audit(audit("signed-in-" + from)).build());
    }
  }

  private Conversation accept(int i) {
    AgentDesk desk = desk(i * 7 % agents);
    ConversationId offered = desk.queue().offers().get(0).id();
    Conversation accepted = desk.queue().accept(offered).findValue().orElseThrow();
    return accepted;
  }

  private Line completions(int rounds, List<Conversation> accepted, long[][] given) {
    return median(
        "... and completed",
        rounds,
        i -> desk(i * 7 % agents).complete(List.of(accepted.get(i).id())),
        i -> runLater(given, i));
  }

  /** What is told of it to listeners is not counted. */
  private void runLater(long[][] given, int i) {
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      long cpu = THREADS.getCurrentThreadCpuTime();
      long begun = System.nanoTime();
      next.run();
      if (next.getClass().getName().contains("Drains")) {
        given[0][i] += THREADS.getCurrentThreadCpuTime() - cpu;
        given[1][i] += System.nanoTime() - begun;
      }
    }
  }

  private void runLater() {
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      next.run();
    }
  }

  /** Nobody is free: it stays in the queue. */
  private Line arrivals(int rounds) {
    return median(
        "one more is queued in an inbox without room",
        rounds,
        i -> commit(List.of(conversation(queued + i, inboxId(i % inboxes), queued + i))));
  }

  private AgentDesk desk(int i) {
    return engage.deskOf(new Agent(agentId(i), "Agent " + i));
  }

  private interface Step {
    void take(int round);
  }

  private Line median(String name, int rounds, Step step) {
    return median(name, rounds, step, i -> {});
  }

  private Line median(String name, int rounds, Step step, Step afterwards) {
    long[] cpu = new long[rounds];
    long[] clock = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      long begun = System.nanoTime();
      step.take(i);
      cpu[i] = THREADS.getCurrentThreadCpuTime() - before;
      clock[i] = System.nanoTime() - begun;
      afterwards.take(i);
    }
    return new Line(name, median(cpu), median(clock));
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e3;
  }

  // What there is

  private void fill() {
    List<List<Member>> members = new ArrayList<>();
    IntStream.range(0, inboxes).forEach(i -> members.add(new ArrayList<>()));
    for (int i = 0; i < agents; i++) {
      for (int membership = 0; membership < MEMBERSHIPS; membership++) {
        members.get((i + membership * 7) % inboxes).add(new Member(agentId(i), i % 101));
      }
    }
    InboxChange.Builder setup = InboxChange.builder();
    for (int i = 0; i < inboxes; i++) {
      Strategy strategy =
          Strategy.of(Eligibility.NO_CALL, Distribution.ROUND_ROBIN)
              .withPatience(Duration.ofHours(8));
      setup.inbox(inbox(inboxId(i), members.get(i), strategy, LIMIT));
    }
    storage.inboxes().commit(setup.audit(audit("setup")).build());
    for (int from = 0; from < queued; from += BATCH) {
      List<Conversation> some = new ArrayList<>();
      for (int i = from; i < Math.min(queued, from + BATCH); i++) {
        some.add(conversation(i, inboxId(i % inboxes), i));
      }
      commit(some);
    }
  }

  private void commit(List<Conversation> some) {
    storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .conversations(some)
                .audit(audit("waits-" + some.get(0).id().value()))
                .build());
  }

  private static List<AuditEntry> audit(String id) {
    return List.of(
        new AuditEntry(
            AuditEntryId.of(id),
            START,
            Actor.CONFIGURATION,
            AuditSubject.NONE,
            new AuditFact.QuickRepliesChanged(0)));
  }

  private static Inbox inbox(InboxId id, List<Member> members, Strategy strategy, int limit) {
    Inbox inbox = Inbox.of(id.value(), id.value(), id.value() + "@shop.example", ACCOUNT);
    return inbox.withSettings(
        inbox
            .settings()
            .change()
            .members(members)
            .limits(new Limits(limit, Integer.MAX_VALUE))
            .strategy(strategy)
            .build());
  }

  private static Conversation conversation(int i, InboxId inbox, int second) {
    Instant at = START.plusMillis(second * 100L);
    return new Conversation(
        ConversationId.of("conversation-%07d".formatted(i)),
        inbox,
        Channel.EMAIL,
        "The order " + i,
        Set.of(EmailAddress.of("person-" + i + "@customer.example")),
        1,
        1,
        at,
        at,
        Conversation.Exchange.NONE.withNewest("Person " + i, "When does it come?"),
        Conversation.State.NEW.withService(Service.arrived(at)),
        0);
  }

  private static InboxId inboxId(int i) {
    return InboxId.of("inbox-" + i);
  }

  private static AgentId agentId(int i) {
    return AgentId.of("agent-" + i);
  }
}
