package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.HeartbeatConfig;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.engage.core.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PO-3")
class RunningJobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SHOP = "mailbox:shop";
  private static final HeartbeatConfig BEATS =
      new HeartbeatConfig(Duration.ofHours(1), 4, Duration.ofHours(4));

  private final Diary diary = new Diary();
  private final RunningJobs jobs = new RunningJobs(2);

  @AfterEach
  void close() {
    jobs.close();
  }

  @Test
  void what_a_node_lost_and_got_back_itself_goes_on_once() {
    Job watch = diary.watch(SHOP, "ana");
    jobs.want(Map.of(SHOP, watch));
    CompletableFuture<Optional<Instant>> lost = begin();
    await().atMost(PATIENCE).until(() -> diary.begun().size() == 1);

    CompletableFuture<Optional<Instant>> gotBack = begin();

    assertThat(lost).succeedsWithin(PATIENCE);
    await().atMost(PATIENCE).until(() -> diary.nodesAt(SHOP).equals(List.of("ana")));
    assertThat(gotBack).isNotDone();
    jobs.close();
    assertThat(gotBack).succeedsWithin(PATIENCE);
  }

  private CompletableFuture<Optional<Instant>> begin() {
    return CompletableFuture.supplyAsync(
        () -> jobs.run(SHOP, execution(), Instant.EPOCH), work -> new Thread(work).start());
  }

  private static CurrentlyExecuting execution() {
    Execution execution = new Execution(Instant.EPOCH, new TaskInstance<Void>(JobTask.NAME, SHOP));
    return new CurrentlyExecuting(execution, Instant::now, BEATS);
  }
}
