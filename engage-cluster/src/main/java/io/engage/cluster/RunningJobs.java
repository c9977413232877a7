package io.engage.cluster;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import io.engage.core.Job;
import io.engage.core.Stop;
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

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Entry> running = new HashMap<>();
  private Map<String, Job> wanted = Map.of();
  private boolean closed;

  private record Entry(Job job, Stop stop, CurrentlyExecuting execution) {}

  /** From now on these are to be done and no others; what is at work otherwise is stopped. */
  void want(Map<String, Job> jobs) {
    lock.lock();
    try {
      wanted = Map.copyOf(jobs);
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
    Optional<Job> begun = begin(name, stop, execution);
    if (begun.isEmpty()) {
      return isClosed() ? Optional.of(now) : Optional.empty();
    }
    try {
      return Optional.of(begun.get().run(stop));
    } finally {
      end(name, stop);
    }
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

  private Optional<Job> begin(String name, Stop stop, CurrentlyExecuting execution) {
    lock.lock();
    try {
      Optional<Job> job = closed ? Optional.empty() : Optional.ofNullable(wanted.get(name));
      job.ifPresent(each -> replace(running.put(name, new Entry(each, stop, execution))));
      return job;
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

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
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
