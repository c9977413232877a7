package io.engage.cluster;

import static java.util.Objects.requireNonNull;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.engage.core.Engage;
import io.engage.core.Job;
import io.engage.dialer.Dialer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of several that share the work of Engage: each mailbox is watched by one of them, each
 * connection of a campaign dialed by one, and so on. Nodes know of each other through a table of
 * the database alone: start one more, and it takes its share of what becomes free; close one, and
 * the others go on at once; kill one, and they go on when it has not been heard of for a while.
 *
 * <pre>{@code
 * DatabaseClock clock = DatabaseClock.over(dataSource);
 * Engage engage = Engage.builder().clock(clock)....build();
 * Cluster node = Cluster.over(dataSource).clock(clock).engage(engage).dialer(dialer).start();
 * }</pre>
 *
 * <p>It takes the place of {@link Engage#start} and {@link Dialer#start}. All nodes are set up the
 * same way. The table {@code engage_job} is among the migrations of engage-jpa.
 *
 * <p>Which node does what is a matter of db-scheduler: it is right but for a node that was stalled
 * and does not know it yet. What such a one still writes is refused where it is stored, by the
 * tokens of leases and claims and by versions; this node ends what it may have lost as soon as it
 * notices.
 */
public final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final Duration LONG_DUE = Duration.ofMinutes(1);

  private final List<Supplier<List<Job>>> sources;
  private final List<Runnable> besides;
  private final DatabaseClock clock;
  private final RunningJobs jobs;
  private final Scheduler scheduler;
  private final ScheduledExecutorService looks = Executors.newScheduledThreadPool(4, Daemons::new);
  private final Set<String> late = new HashSet<>();

  private Cluster(Builder builder) {
    this.sources = List.copyOf(builder.sources);
    this.besides = List.copyOf(builder.besides);
    this.clock = builder.clock == null ? DatabaseClock.over(builder.connections) : builder.clock;
    this.jobs = new RunningJobs(builder.threads);
    this.scheduler = builder.scheduler(jobs, clock);
  }

  /** Over the database in which the storage is; its pool needs a few connections more. */
  public static Builder over(DataSource connections) {
    return new Builder(connections);
  }

  private Cluster start(Duration look) {
    try {
      want();
      scheduler.start();
    } catch (Throwable failed) {
      close();
      throw failed;
    }
    repeat(look, jobs::stopWhatMayBeLost);
    repeat(look, () -> announce(want()));
    repeat(look, () -> besides.forEach(Runnable::run));
    repeat(Duration.ofSeconds(30), clock::refresh);
    return this;
  }

  /** Each has a thread: none waits for another that waits for its database. */
  private void repeat(Duration pause, Runnable work) {
    looks.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (Throwable later) {
            LOG.warn(
                "A look at the jobs of this node failed ({}); the next one follows soon",
                later.getClass().getName());
          }
        },
        0,
        pause.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private Map<String, Job> want() {
    Map<String, Job> wanted = new HashMap<>();
    sources.forEach(source -> source.get().forEach(job -> wanted.put(job.name(), job)));
    jobs.want(wanted);
    return wanted;
  }

  /** What no node knows of yet is due at once; one question for all of them. */
  private void announce(Map<String, Job> wanted) {
    Set<String> missing = new HashSet<>(wanted.keySet());
    scheduler.fetchScheduledExecutionsForTask(
        JobTask.NAME,
        Void.class,
        ScheduledExecutionsFilter.all(),
        each -> {
          missing.remove(each.getTaskInstance().getId());
          complainWhenLate(each);
        });
    Instant now = clock.instant();
    missing.forEach(
        name -> scheduler.scheduleIfNotExists(new TaskInstance<Void>(JobTask.NAME, name), now));
  }

  /** Once for each that becomes late. */
  private void complainWhenLate(ScheduledExecution<Void> job) {
    String name = job.getTaskInstance().getId();
    Instant longAgo = clock.instant().minus(LONG_DUE);
    if (job.isPicked()) {
      jobs.isTaken(name);
      late.remove(name);
    } else if (job.getExecutionTime().isAfter(longAgo) && !jobs.declinedSince(name, longAgo)) {
      late.remove(name);
    } else if (late.add(name)) {
      LOG.error(
          "Job '{}' has been due for a minute and no node takes it. Give the nodes more threads, or"
              + " start one more.",
          name);
    }
  }

  /**
   * Ends what this node is at, and waits for that, half a minute at most: no mail is begun
   * afterwards. Other nodes take over at once.
   */
  @Override
  public void close() {
    scheduler.pause();
    looks.shutdownNow();
    jobs.close();
    scheduler.stop();
  }

  /** Takes what a node works on. */
  public static final class Builder {
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]*");
    private static final int LONGEST_PREFIX = 20;

    /** More than there are. */
    private static final int KINDS = 16;

    private static final int MOST_THREADS = 10_000;

    private final DataSource connections;
    private final List<Supplier<List<Job>>> sources = new ArrayList<>();
    private final List<Runnable> besides = new ArrayList<>();
    private @Nullable DatabaseClock clock;
    private String prefix = "engage_";
    private String name = UUID.randomUUID().toString();
    private int threads = 32;
    private Duration heartbeat = Duration.ofSeconds(10);
    private Duration look = Duration.ofSeconds(3);

    private Builder(DataSource connections) {
      this.connections = requireNonNull(connections, "connections");
    }

    /** Watches its mailboxes, works off its outbox, erases what it is told to keep no longer. */
    public Builder engage(Engage engage) {
      besides.add(engage.mail()::checkHealth);
      return jobs(engage::jobs);
    }

    /** Dials its campaigns. */
    public Builder dialer(Dialer dialer) {
      return jobs(dialer::jobs);
    }

    /**
     * Does these, too.
     *
     * @param source what there is to do now, the same on all nodes; asked every few seconds
     */
    public Builder jobs(Supplier<List<Job>> source) {
      sources.add(requireNonNull(source, "source"));
      return this;
    }

    /** The clock that Engage has; one is made when none is given. */
    public Builder clock(DatabaseClock common) {
      this.clock = requireNonNull(common, "common");
      return this;
    }

    /** What the storage's tables begin with; {@code engage_} when not given. */
    public Builder prefix(String ofTables) {
      if (!PREFIX.matcher(ofTables).matches() || ofTables.length() > LONGEST_PREFIX) {
        throw new IllegalArgumentException(
            ("The prefix of tables '%s' cannot be used. Take the one that the storage has: a small"
                    + " letter, then small letters, digits and underscores, %d characters at most.")
                .formatted(ofTables, LONGEST_PREFIX));
      }
      this.prefix = ofTables;
      return this;
    }

    /** What the node is called in the table of jobs; a random name when not given. */
    public Builder name(String ofNode) {
      this.name = requireNonNull(ofNode, "ofNode");
      return this;
    }

    /**
     * How many jobs of one kind it does at once at most; 32 when not given. Each mailbox takes a
     * thread for as long as it is watched, each connection of a campaign while there is somebody to
     * send to. What has one kind waiting, such as a mailbox too many, keeps no other kind waiting:
     * mail goes out however many mailboxes there are.
     */
    public Builder threads(int most) {
      if (most < 1 || most > MOST_THREADS) {
        throw new IllegalArgumentException(
            "A node needs at least one thread and bears %d for each kind of job, not %d"
                .formatted(MOST_THREADS, most));
      }
      this.threads = most;
      return this;
    }

    /**
     * How often it says that it is alive; 10 seconds when not given. Who has not said so for four
     * times as long is taken for dead.
     */
    public Builder heartbeat(Duration every) {
      if (every.isNegative() || every.isZero()) {
        throw new IllegalArgumentException("A heartbeat needs some time between beats");
      }
      this.heartbeat = every;
      return this;
    }

    /** How often it looks what there is to do. */
    Builder look(Duration every) {
      this.look = every;
      return this;
    }

    /** Begins to work, together with the other nodes. */
    public Cluster start() {
      return new Cluster(this).start(look);
    }

    private Scheduler scheduler(RunningJobs jobs, DatabaseClock common) {
      SchedulerBuilder builder =
          Scheduler.create(connections, JobTask.of(jobs, common))
              .schedulerName(new SchedulerName.Fixed(name))
              .tableName(prefix + "job")
              .clock(common::instant)
              .threads(threads * KINDS)
              .executorService(Executors.newCachedThreadPool(Daemons::new))
              .pollingInterval(shorter(look, Duration.ofSeconds(1)))
              .heartbeatInterval(heartbeat)
              .missedHeartbeatsLimit(4)
              .shutdownMaxWait(Duration.ofSeconds(30))
              .commitWhenAutocommitDisabled(true)
              .failureLogging(LogLevel.OFF, false);
      return (skipsLocked() ? builder.pollUsingLockAndFetch(0.5, 1.0) : builder).build();
    }

    private static Duration shorter(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }

    private boolean skipsLocked() {
      try (Connection connection = connections.getConnection()) {
        return "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
      } catch (SQLException failed) {
        throw new IllegalStateException(
            "The database was not reached (SQL state '%s')".formatted(failed.getSQLState()));
      }
    }
  }

  /** Threads that keep no program alive. */
  private static final class Daemons extends Thread {
    Daemons(Runnable work) {
      super(work, "engage-cluster");
      setDaemon(true);
    }
  }
}
