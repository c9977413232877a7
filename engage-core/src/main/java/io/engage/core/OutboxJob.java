package io.engage.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Works off the outbox. There are a few of these, which share the work by claiming: so many nodes
 * at most send side by side.
 */
final class OutboxJob implements Job {
  static final int SHARDS = 4;

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final int shard;
  private final OutboxDesk outbox;
  private final Executor threads;
  private final Clock clock;

  OutboxJob(int shard, OutboxDesk outbox, Executor threads, Clock clock) {
    this.shard = shard;
    this.outbox = outbox;
    this.threads = threads;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "outbox:" + shard;
  }

  @Override
  public Instant run(Stop stop) {
    outbox.workOff(() -> !stop.hasCome(), threads);
    return clock.instant().plus(PAUSE);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutboxJob job && job.shard == shard;
  }

  @Override
  public int hashCode() {
    return shard;
  }
}
