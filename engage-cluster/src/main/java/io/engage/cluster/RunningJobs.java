package io.engage.cluster;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import io.engage.core.Job;
import io.engage.core.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node is at, and what is wanted of all nodes. */
final class RunningJobs {
  private static final Logger LOG = LoggerFactory.getLogger(RunningJobs.class);

  private static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(5);

  private final int mostOfAKind;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Entry> running = new HashMap<>();
  private final Map<String, Instant> declined = new HashMap<>();
  private Map<String, Job> wanted = Map.of();
  private boolean closed;

  private record Entry(Job job, Stop stop, CurrentlyExecuting execution) {}

  /** What has come of a job that this node was to begin. */
  private sealed interface Beginning {
    record Begun(Job job) implements Beginning {}

    record Later(Instant again) implements Beginning {}

    record Unwanted() implements Beginning {}
  }

  /**
   * @param mostOfAKind how many whose names have the same beginning are done at once at most
   */
  RunningJobs(int mostOfAKind) {
    this.mostOfAKind = mostOfAKind;
  }

  /** From now on these are to be done and no others; what is at work otherwise is stopped. */
  void want(Map<String, Job> jobs) {
    lock.lock();
    try {
      wanted = Map.copyOf(jobs);
      declined.keySet().retainAll(jobs.keySet());
      running.values().stream().filter(each -> !isWanted(each)).forEach(each -> each.stop().come());
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted(Entry entry) {
    return entry.job().equals(wanted.get(entry.job().name()));
  }

  /**
   * Ends what this node has not been able to say for so long that it is still at it, that another
   * node may have taken it over.
   */
  void stopWhatMayBeLost() {
    lock.lock();
    try {
      for (Entry each : running.values()) {
        if (each.execution().getHeartbeatState().hasStaleHeartbeat() && !each.stop().hasCome()) {
          LOG.warn("Job '{}' may have been taken over by another node; it ends", each.job().name());
          each.stop().come();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does a job on this thread.
   *
   * @return when it is to be done again; empty when nobody wants it
   */
  Optional<Instant> run(String name, CurrentlyExecuting execution, Instant now) {
    Stop stop = new Stop();
    Beginning beginning = begin(name, stop, execution, now);
    if (beginning instanceof Beginning.Begun begun) {
      try {
        return Optional.of(begun.job().run(stop));
      } finally {
        end(name, stop);
      }
    }
    return beginning instanceof Beginning.Later later
        ? Optional.of(later.again())
        : Optional.empty();
  }

  /** Lets go what a dead node held. */
  void free(String name) {
    find(name).ifPresent(Job::free);
  }

  private Optional<Job> find(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(wanted.get(name));
    } finally {
      lock.unlock();
    }
  }

  private Beginning begin(String name, Stop stop, CurrentlyExecuting execution, Instant now) {
    lock.lock();
    try {
      Job job = wanted.get(name);
      if (closed) {
        return new Beginning.Later(now);
      }
      if (job == null) {
        return new Beginning.Unwanted();
      }
      if (hasEnoughOf(kindOf(name), name)) {
        declined.putIfAbsent(name, now);
        return new Beginning.Later(now.plus(LEFT_TO_OTHERS));
      }
      declined.remove(name);
      replace(running.put(name, new Entry(job, stop, execution)));
      return new Beginning.Begun(job);
    } finally {
      lock.unlock();
    }
  }

  /** So that one kind never keeps another waiting: all the mailboxes none of what is sent. */
  private boolean hasEnoughOf(String kind, String but) {
    return running.keySet().stream()
            .filter(each -> !each.equals(but) && kindOf(each).equals(kind))
            .count()
        >= mostOfAKind;
  }

  private static String kindOf(String name) {
    int end = name.indexOf(':');
    return end < 0 ? name : name.substring(0, end);
  }

  /** Some node is at it, and no longer can it be said that none takes it. */
  void isTaken(String name) {
    lock.lock();
    try {
      declined.remove(name);
    } finally {
      lock.unlock();
    }
  }

  /** Whether this node has had no room for it since then, and nobody else was seen at it. */
  boolean declinedSince(String name, Instant moment) {
    lock.lock();
    try {
      Instant since = declined.get(name);
      return since != null && !since.isAfter(moment);
    } finally {
      lock.unlock();
    }
  }

  /** What this node lost and got back goes on in the new one alone. */
  private static void replace(@Nullable Entry lost) {
    if (lost != null) {
      lost.stop().come();
    }
  }

  /** One that this node lost and got back may be at work a second time already. */
  private void end(String name, Stop stop) {
    lock.lock();
    try {
      running.computeIfPresent(name, (any, entry) -> entry.stop() == stop ? null : entry);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all of it, and begins nothing more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      running.values().forEach(each -> each.stop().come());
    } finally {
      lock.unlock();
    }
  }
}
