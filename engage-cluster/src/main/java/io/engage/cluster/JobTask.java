package io.engage.cluster;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one task that db-scheduler knows of; its instances are the jobs. */
final class JobTask {
  static final String NAME = "engage";

  private static final Logger LOG = LoggerFactory.getLogger(JobTask.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 6;

  private JobTask() {}

  static CustomTask<Void> of(RunningJobs jobs, Clock clock) {
    return Tasks.custom(NAME, Void.class)
        .onFailure(
            (failed, operations) ->
                operations.reschedule(failed, clock.instant().plus(tell(failed))))
        .onDeadExecution(
            (dead, operations) -> {
              LOG.warn(
                  "Job '{}' is free again: node '{}' has not been heard of for too long",
                  dead.getExecution().getId(),
                  dead.getExecution().pickedBy);
              jobs.free(dead.getExecution().getId());
              operations.reschedule(dead, clock.instant());
            })
        .execute(
            (instance, context) -> {
              Optional<Instant> next =
                  jobs.run(instance.getId(), context.getCurrentlyExecuting(), clock.instant());
              return completion(next);
            });
  }

  private static CompletionHandler<Void> completion(Optional<Instant> next) {
    return (complete, operations) ->
        next.ifPresentOrElse(moment -> operations.reschedule(complete, moment), operations::remove);
  }

  /** The words of a failure may be those of a customer. */
  private static Duration tell(ExecutionComplete failed) {
    int before = Math.min(MOST_DOUBLINGS, failed.getExecution().consecutiveFailures);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << before);
    LOG.warn(
        "Job '{}' failed ({}); it is tried again in {} s",
        failed.getExecution().getId(),
        failed.getCause().map(cause -> cause.getClass().getName()).orElse("no reason"),
        pause.toSeconds());
    return pause;
  }
}
