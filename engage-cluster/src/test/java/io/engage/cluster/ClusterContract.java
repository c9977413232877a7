package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engage.core.Job;
import io.engage.core.Stop;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for nodes over each database. */
@Tag("PO-3")
abstract class ClusterContract {
  private static final Duration HEARTBEAT = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DataSource database = database();
  private final DatabaseClock clock = DatabaseClock.over(database);
  private final Diary diary = new Diary();
  private final List<Cluster> nodes = new ArrayList<>();
  private final List<Ice> ices = new ArrayList<>();

  abstract DataSource database();

  @AfterEach
  void close() {
    ices.forEach(Ice::melt);
    nodes.forEach(Cluster::close);
  }

  @Test
  void each_mailbox_is_watched_by_one_node() {
    List<String> mailboxes = IntStream.range(0, 6).mapToObj(i -> "mailbox:" + i).toList();

    for (String name : List.of("ana", "ben", "clara")) {
      start(name, database, () -> watches(name, mailboxes));
    }

    awaitOneNodeAtEach(mailboxes);
    assertThat(diary.begun()).hasSize(6);
  }

  @Test
  void a_node_that_comes_takes_what_is_new_and_one_that_goes_hands_over() {
    List<String> mailboxes = new CopyOnWriteArrayList<>(List.of("mailbox:repairs"));
    Cluster first = start("ana", database, () -> watches("ana", mailboxes));
    awaitOneNodeAtEach(mailboxes);
    start("ben", database, () -> watches("ben", mailboxes));
    mailboxes.add("mailbox:sales");
    awaitOneNodeAtEach(mailboxes);

    first.close();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(mailboxes)
                    .allSatisfy(each -> assertThat(diary.nodesAt(each)).containsExactly("ben")));
  }

  @Test
  void what_a_node_did_that_is_heard_of_no_more_is_done_by_another() {
    Ice ice = ice();
    start("ana", ice.around(database), () -> watches("ana", List.of("mailbox:shop")));
    await().atMost(PATIENCE).until(() -> diary.nodesAt("mailbox:shop").contains("ana"));
    start("ben", database, () -> watches("ben", List.of("mailbox:shop")));

    ice.freeze();

    await().atMost(PATIENCE).until(() -> diary.nodesAt("mailbox:shop").contains("ben"));
  }

  @Test
  void a_node_that_was_stalled_ends_what_another_has_taken_over() {
    Ice ice = ice();
    start("ana", ice.around(database), () -> watches("ana", List.of("mailbox:shop")));
    await().atMost(PATIENCE).until(() -> diary.nodesAt("mailbox:shop").contains("ana"));
    start("ben", database, () -> watches("ben", List.of("mailbox:shop")));
    ice.freeze();
    await().atMost(PATIENCE).until(() -> diary.nodesAt("mailbox:shop").contains("ben"));

    ice.melt();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(diary.nodesAt("mailbox:shop")).containsExactly("ben"));
    assertThat(pickedBy("mailbox:shop")).containsExactly("ben");
  }

  @Test
  void what_nobody_wants_any_more_ends_and_is_forgotten() {
    List<String> mailboxes = new CopyOnWriteArrayList<>(List.of("mailbox:repairs"));
    start("ana", database, () -> watches("ana", mailboxes));
    awaitOneNodeAtEach(mailboxes);

    mailboxes.clear();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(diary.nodesAt("mailbox:repairs")).isEmpty();
              assertThat(known()).isEmpty();
            });
  }

  @Test
  void a_mailbox_that_is_set_up_otherwise_is_watched_anew() {
    AtomicInteger settings = new AtomicInteger(1);
    start(
        "ana",
        database,
        () -> List.of(diary.watch("mailbox:shop", "ana", "server-" + settings.get())));
    await().atMost(PATIENCE).until(() -> diary.begun().size() == 1);

    settings.set(2);

    await().atMost(PATIENCE).until(() -> diary.nodesAt("mailbox:shop").size() == 1 && again());
    assertThat(diary.begun())
        .containsExactly("ana mailbox:shop server-1", "ana mailbox:shop server-2");
  }

  private boolean again() {
    return diary.begun().size() == 2;
  }

  @Test
  void a_job_is_done_again_when_it_wants_to_be_and_not_before() {
    AtomicInteger soon = new AtomicInteger();
    AtomicInteger later = new AtomicInteger();

    start(
        "ana",
        database,
        () ->
            List.of(
                job("outbox:0", () -> clock.instant().plusMillis(50), soon),
                job("retention:shop", () -> clock.instant().plusSeconds(3600), later)));

    await().atMost(PATIENCE).until(() -> soon.get() >= 5);
    assertThat(later).hasValue(1);
  }

  @Test
  void a_job_that_fails_is_tried_again() {
    AtomicInteger tries = new AtomicInteger();

    start(
        "ana",
        database,
        () ->
            List.of(
                job(
                    "outbox:0",
                    () -> {
                      throw new IllegalStateException("The server is away");
                    },
                    tries)));

    await().atMost(PATIENCE).until(() -> tries.get() >= 2);
    assertThat(known()).containsExactly("outbox:0");
  }

  @Test
  void more_mailboxes_than_threads_keep_no_mail_from_being_sent() {
    AtomicInteger rounds = new AtomicInteger();
    List<String> mailboxes = List.of("mailbox:1", "mailbox:2", "mailbox:3", "mailbox:4");
    nodes.add(
        node("ana", database)
            .threads(2)
            .jobs(() -> watches("ana", mailboxes))
            .jobs(() -> List.of(job("outbox:0", () -> clock.instant().plusMillis(50), rounds)))
            .start());

    await().atMost(PATIENCE).until(() -> atWork(mailboxes) == 2 && rounds.get() >= 3);
    int sent = rounds.get();
    await().atMost(PATIENCE).until(() -> atWork(mailboxes) == 2 && rounds.get() > sent);
    nodes.add(node("ben", database).threads(2).jobs(() -> watches("ben", mailboxes)).start());

    awaitOneNodeAtEach(mailboxes);
  }

  private long atWork(List<String> mailboxes) {
    return mailboxes.stream().filter(each -> !diary.nodesAt(each).isEmpty()).count();
  }

  @Test
  void a_node_whose_database_hangs_ends_what_others_may_have_taken_over() {
    Ice ice = ice();
    start("ana", ice.around(database), () -> watches("ana", List.of("mailbox:shop")));
    await().atMost(PATIENCE).until(() -> diary.nodesAt("mailbox:shop").contains("ana"));

    ice.freeze();

    await().atMost(PATIENCE).until(() -> diary.nodesAt("mailbox:shop").isEmpty());
  }

  @Test
  void a_node_that_cannot_start_says_why_and_has_begun_nothing() {
    Cluster.Builder node =
        node("ana", database)
            .jobs(() -> watches("ana", List.of("mailbox:shop")))
            .jobs(
                () -> {
                  throw new IllegalStateException("The accounts cannot be read");
                });

    assertThatThrownBy(node::start).hasMessage("The accounts cannot be read");

    assertThat(diary.begun()).isEmpty();
    assertThat(known()).isEmpty();
  }

  @Test
  void the_prefix_of_tables_is_one_that_the_storage_can_have() {
    Cluster.Builder node = Cluster.over(database);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.prefix("a_prefix_of_21_letter"))
        .withMessageContaining("20 characters at most");
    assertThatIllegalArgumentException().isThrownBy(() -> node.prefix("Shop_"));
  }

  private Cluster start(String name, DataSource connections, Supplier<List<Job>> jobs) {
    Cluster node = node(name, connections).jobs(jobs).start();
    nodes.add(node);
    return node;
  }

  private Cluster.Builder node(String name, DataSource connections) {
    return Cluster.over(connections)
        .clock(clock)
        .name(name)
        .heartbeat(HEARTBEAT)
        .look(Duration.ofMillis(100));
  }

  private Ice ice() {
    Ice ice = new Ice();
    ices.add(ice);
    return ice;
  }

  private List<Job> watches(String node, List<String> names) {
    return names.stream().map(each -> diary.watch(each, node)).toList();
  }

  private void awaitOneNodeAtEach(List<String> jobs) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(jobs).allSatisfy(each -> assertThat(diary.nodesAt(each)).hasSize(1)));
  }

  private static Job job(String name, Supplier<Instant> next, AtomicInteger runs) {
    return new Counted(name, next, runs);
  }

  private record Counted(String name, Supplier<Instant> next, AtomicInteger runs) implements Job {
    @Override
    public Instant run(Stop stop) {
      runs.incrementAndGet();
      return next.get();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Counted job && job.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private List<String> known() {
    return texts("select task_instance from engage_job order by task_instance").toList();
  }

  private Stream<String> pickedBy(String job) {
    return texts("select picked_by from engage_job where task_instance = '%s'".formatted(job));
  }

  private Stream<String> texts(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts.stream();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
