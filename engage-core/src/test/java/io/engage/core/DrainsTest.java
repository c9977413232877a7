package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.queueing.Stirred;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class DrainsTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Stirred> done = new ArrayList<>();

  private static InboxChange signsIn(Agent agent) {
    return with(new AuditFact.SignedIn(agent.id(), agent.name()));
  }

  private static InboxChange with(AuditFact fact) {
    return InboxChange.builder()
        .audit(
            List.of(
                new AuditEntry(
                    AuditEntryId.of("1"), Shop.MORNING, Actor.RECEIVING, AuditSubject.NONE, fact)))
        .build();
  }

  private static Stirred freed(AgentId... agents) {
    return new Stirred(Set.of(), Set.of(agents), Set.of());
  }

  private void run() {
    for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
      next.run();
    }
  }

  @Test
  void what_is_committed_before_a_thread_is_free_is_seen_to_at_once_and_together() {
    Drains drains = new Drains(done::add, tasks::add);

    drains.committed(signsIn(Shop.CLARA));
    drains.committed(signsIn(Shop.DIRK));
    int threads = tasks.size();
    run();

    assertThat(threads).isEqualTo(1);
    assertThat(done).containsExactly(freed(Shop.CLARA.id(), Shop.DIRK.id()));
  }

  @Test
  void what_is_committed_while_it_is_at_work_is_seen_to_in_one_more_round() {
    List<Drains> self = new ArrayList<>();
    Drains drains =
        new Drains(
            stirred -> {
              done.add(stirred);
              if (done.size() == 1) {
                self.get(0).committed(signsIn(Shop.DIRK));
              }
            },
            tasks::add);
    self.add(drains);

    drains.committed(signsIn(Shop.CLARA));
    run();

    assertThat(done).containsExactly(freed(Shop.CLARA.id()), freed(Shop.DIRK.id()));
  }

  @Test
  void a_commit_that_makes_nothing_possible_takes_no_thread() {
    Drains drains = new Drains(done::add, tasks::add);

    drains.committed(with(new AuditFact.MarkedRead()));

    assertThat(tasks).isEmpty();
  }

  @Test
  void after_a_failure_it_goes_on_with_what_comes_next() {
    Drains drains =
        new Drains(
            stirred -> {
              done.add(stirred);
              if (done.size() == 1) {
                throw new IllegalStateException("The store is away");
              }
            },
            tasks::add);
    drains.committed(signsIn(Shop.CLARA));
    run();

    drains.committed(signsIn(Shop.DIRK));
    run();

    assertThat(done).containsExactly(freed(Shop.CLARA.id()), freed(Shop.DIRK.id()));
  }

  @Test
  void without_a_thread_it_waits_for_the_next_commit() {
    List<Integer> refusals = new ArrayList<>();
    Drains drains =
        new Drains(
            done::add,
            task -> {
              if (refusals.isEmpty()) {
                refusals.add(1);
                throw new RejectedExecutionException("No thread now");
              }
              tasks.add(task);
            });
    drains.committed(signsIn(Shop.CLARA));

    drains.committed(signsIn(Shop.DIRK));
    run();

    assertThat(done).containsExactly(freed(Shop.CLARA.id(), Shop.DIRK.id()));
  }
}
