package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.jpa.forms.StoredForm;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.Offer;
import io.engage.model.queue.Service;
import io.engage.spi.Storage;
import io.engage.testkit.SampleConversation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What PostgreSQL looks at to say who waits and who works, among many who do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("DI-1")
class QueuePlansTest {
  private static final int INBOXES = 10;

  /** Of these an eighth each is queued, offered and active; the rest is completed or idle. */
  private static final int ROWS = 80_000;

  private static final int AGENTS = 1_000;
  private static final int LIMIT = 20;
  private static final int COMPLETED_OF_LATE = 40;
  private static final InboxId REPAIRS = InboxId.of("inbox-1");
  private static final Instant MIDDLE = Moments.from(ROWS / 2);

  private static LookingDatabase database;
  private static Storage storage;

  @BeforeAll
  static void open_a_shop_in_which_many_wait() throws SQLException {
    DataSource postgresql = Databases.postgresql();
    JpaStorage.over(postgresql).build();
    fill(postgresql);
    Rows.execute(postgresql, "vacuum analyze");
    database = new LookingDatabase(postgresql);
    storage = JpaStorage.over(database.connections()).schema(SchemaMode.NONE).build();
  }

  static Stream<Arguments> questions() {
    AgentId agent = AgentId.of("agent-7");
    Page.Request first = Page.Request.first(LIMIT);
    return Stream.of(
        asks("head of a queue", LIMIT + 1, s -> s.queues().waiting(REPAIRS, first)),
        asks(
            "further down a queue",
            LIMIT + 1,
            s -> s.queues().waiting(REPAIRS, first.after(new Mark(MIDDLE, "c")))),
        asks("who works in an inbox", LIMIT + 1, s -> s.queues().inHand(REPAIRS, first)),
        asks(
            "further down what is in hand",
            LIMIT + 1,
            s ->
                s.queues()
                    .inHand(REPAIRS, first.after(new Mark(0, Instant.EPOCH, "c" + ROWS / 2)))),
        asks("heads of all queues", 2 * INBOXES, s -> s.queues().at(0, inboxes())),
        asks("where backlog begins", LIMIT + 2, s -> s.queues().at(LIMIT, List.of(REPAIRS))),
        asks("offered to one", ROWS / 8 / AGENTS, s -> s.queues().offeredTo(agent)),
        asks("not answered", LIMIT + 1, s -> s.queues().offeredUntil(MIDDLE, first)),
        asks(
            "more that is offered",
            LIMIT + 1,
            s -> s.queues().offeredUntil(Instant.MAX, first.after(new Mark(MIDDLE, "c")))),
        asks("load of two", 2 * 2 * ROWS / 8 / AGENTS, s -> s.queues().loads(agents(2))),
        asks(
            "completed of late: by the index, in its block, and as a whole",
            3 * COMPLETED_OF_LATE,
            s -> s.search().find(completedOfLate(), Page.Request.first(Page.Request.MOST))));
  }

  private static ConversationFilter completedOfLate() {
    Instant late = Moments.from(ROWS - COMPLETED_OF_LATE * 2 * INBOXES);
    return ConversationFilter.completed()
        .in(REPAIRS)
        .matching(new Criterion.Since(Criterion.TimeColumn.COMPLETED, late));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("questions")
  void only_what_is_asked_for_is_looked_at(String question, int most, Consumer<Storage> asking) {
    List<LookingDatabase.Plan> plans = database.during(() -> asking.accept(storage));

    assertThat(plans)
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(plan.looked().keySet()).isNotEmpty().noneMatch(QueuePlansTest::isWalk);
              assertThat(plan.rows()).as("%s", plan).isBetween(1L, (long) most);
            });
  }

  /** Whether the rows have to be looked at besides is up to when they were last vacuumed. */
  @Test
  @Tag("DI-5")
  void how_inboxes_stand_is_counted_along_indexes_that_hold_nothing_else() {
    int counted = 3 * ROWS / 8 / INBOXES;

    List<LookingDatabase.Plan> plans =
        database.during(() -> storage.queues().standings(List.of(REPAIRS)));

    assertThat(plans)
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(plan.looked().keySet()).isNotEmpty().noneMatch(QueuePlansTest::isWalk);
              assertThat(plan.rows()).as("%s", plan).isBetween((long) counted, 2L * counted);
            });
  }

  private static boolean isWalk(String scan) {
    return scan.startsWith("Seq Scan");
  }

  private static Arguments asks(String name, int most, Consumer<Storage> asking) {
    return Arguments.arguments(name, most, asking);
  }

  private static List<InboxId> inboxes() {
    return IntStream.range(0, INBOXES).mapToObj(i -> InboxId.of("inbox-" + i)).toList();
  }

  private static List<AgentId> agents(int count) {
    return IntStream.range(0, count).mapToObj(i -> AgentId.of("agent-" + i)).toList();
  }

  private static void fill(DataSource postgresql) throws SQLException {
    try (Connection connection = postgresql.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into engage_conversation (id, version, inbox, number, channel, messages,
                  unread, assignee, completed_at, opened_at, last_at, priority, waiting_since,
                  place, offered_to, offered_at, offered_until, taken_at, tags, subject, label, senders,
                  preview, form, body)
                select 'c' || n, 1, 'inbox-' || mod(n / 8, 10), n, 'email', 1, 0,
                  case mod(n, 8) when 2 then 'agent-' || mod(n / 8, 1000) end,
                  case when mod(n, 8) > 3 then n end, n, n, 100,
                  case when mod(n, 8) between 1 and 3 then n end,
                  case when mod(n, 8) between 1 and 3 then n end,
                  case mod(n, 8) when 3 then 'agent-' || mod(n / 8, 1000) end,
                  case mod(n, 8) when 3 then n end, case mod(n, 8) when 3 then n + 30 end,
                  case mod(n, 8) when 2 then n end, array[]::text[], '', '', '', '', ?, ?
                from generate_series(0, ? - 1) n\
                """)) {
      statement.setInt(1, StoredForm.CURRENT);
      statement.setString(2, StoredForm.of(Conversation.class).write(waiting()));
      statement.setInt(3, ROWS);
      statement.execute();
    }
  }

  private static Conversation waiting() {
    Conversation sample = SampleConversation.of("c").make();
    Service offered =
        Service.arrived(MIDDLE).offered(new Offer(AgentId.of("agent-7"), MIDDLE, MIDDLE));
    return sample.withState(sample.state().withService(offered));
  }
}
