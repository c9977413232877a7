package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.jpa.forms.StoredForm;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Claim;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleConversation;
import io.engage.testkit.SampleMail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What PostgreSQL looks at for a page, as it says itself: rows along indexes, and not many more
 * than the page holds for each list that is made one in it, wherever the page begins.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("WK-11")
class ListPlansTest {
  private static final int ROWS = 40_000;
  private static final int LIMIT = 20;
  private static final int INBOXES = 8;

  /** For both halves of each inbox a page and what tells whether another follows; then the page. */
  private static final long MOST_LOOKED_AT = (2 * INBOXES + 3) * (LIMIT + 1);

  private static final Set<InboxId> ALL =
      Set.copyOf(IntStream.range(0, INBOXES).mapToObj(i -> InboxId.of("inbox-" + i)).toList());
  private static final ConversationFilter OPEN = ConversationFilter.open().inInboxes(ALL);
  private static final Instant MIDDLE = Moments.from(ROWS / 2);

  private static LookingDatabase database;
  private static Storage storage;

  @BeforeAll
  static void fill() throws SQLException {
    DataSource postgresql = Databases.postgresql();
    JpaStorage.over(postgresql).build();
    try (Connection connection = postgresql.getConnection()) {
      conversations(connection);
      messages(connection);
      execute(connection, "vacuum analyze");
    }
    database = new LookingDatabase(postgresql);
    storage = JpaStorage.over(database.connections()).schema(SchemaMode.NONE).build();
  }

  static Collection<Map.Entry<String, ConversationFilter>> lists() {
    Map<String, ConversationFilter> lists = new TreeMap<>();
    lists.put("an inbox", ConversationFilter.open().in(InboxId.of("inbox-3")));
    lists.put("several inboxes", OPEN);
    lists.put("open and completed", ConversationFilter.all().inInboxes(ALL));
    lists.put("oldest first", OPEN.sorted(Order.OLDEST_FIRST));
    lists.put("all that there is", ConversationFilter.open());
    lists.put("mine", OPEN.assignedTo(AgentId.of("agent-7")));
    lists.put("unassigned", OPEN.unassigned());
    lists.put("unread", OPEN.unread());
    lists.put("unlinked", OPEN.linked(false));
    lists.put("customer", OPEN.with(CustomerId.of("customer-7")));
    lists.put("text messages", OPEN.through(Channel.SMS));
    lists.put("tag", OPEN.matching(new Criterion.Tagged("vip")));
    lists.put("handled", OPEN.matching(new Criterion.HandledBy(AgentId.of("agent-7"))));
    Criterion ordinary = new Criterion.Not(new Criterion.Is(Claim.SIDE_THREAD));
    Criterion byTwo =
        new Criterion.Any(
            List.of(
                new Criterion.HandledBy(AgentId.of("agent-7")),
                new Criterion.HandledBy(AgentId.of("agent-8"))));
    lists.put(
        "recordings of two agents",
        ConversationFilter.all()
            .inInboxes(ALL)
            .matching(new Criterion.All(List.of(ordinary, byTwo))));
    lists.put(
        "recordings until a day",
        ConversationFilter.all()
            .inInboxes(ALL)
            .between(null, MIDDLE)
            .matching(new Criterion.All(List.of(ordinary))));
    lists.put(
        "recordings to be exported",
        ConversationFilter.all()
            .inInboxes(ALL)
            .matching(
                new Criterion.All(
                    List.of(
                        ordinary, new Criterion.Before(TimeColumn.OPENED, Moments.from(ROWS + 1)))))
            .sorted(Order.OLDEST_FIRST));
    lists.put(
        "recordings of what was led in a time",
        ConversationFilter.all()
            .inInboxes(ALL)
            .between(MIDDLE, null)
            .matching(
                new Criterion.All(
                    List.of(
                        ordinary,
                        new Criterion.Before(
                            TimeColumn.OPENED, Moments.from(ROWS / 2 + ROWS / 10)))))
            .sorted(Order.OLDEST_FIRST));
    lists.put(
        "one of two tags",
        OPEN.matching(
            new Criterion.Any(List.of(new Criterion.Tagged("vip"), new Criterion.Tagged("new")))));
    lists.put(
        "campaign", OPEN.matching(new Criterion.ToCampaigns(Set.of(CampaignId.of("spring")))));
    lists.put("urgent", OPEN.sorted(Order.URGENT_FIRST));
    lists.put("unassigned, urgent", OPEN.unassigned().sorted(Order.URGENT_FIRST));
    lists.put("from a day on", OPEN.between(MIDDLE, null));
    return lists.entrySet();
  }

  @ParameterizedTest
  @MethodSource("lists")
  void the_first_page_of_a_list_is_at_the_beginning_of_its_index(
      Map.Entry<String, ConversationFilter> list) {
    List<LookingDatabase.Plan> plans =
        database.during(() -> storage.search().find(list.getValue(), Page.Request.first(LIMIT)));

    assertThat(plans).singleElement().satisfies(few());
  }

  @ParameterizedTest
  @MethodSource("lists")
  void a_later_page_costs_no_more(Map.Entry<String, ConversationFilter> list) {
    Page.Request late = Page.Request.first(LIMIT).after(new Mark(100, MIDDLE, "c"));

    List<LookingDatabase.Plan> plans =
        database.during(() -> storage.search().find(list.getValue(), late));

    assertThat(plans).singleElement().satisfies(few());
  }

  static Stream<Map.Entry<String, Consumer<Page.Request>>> messageLists() {
    Set<CustomerId> customers = Set.of(CustomerId.of("customer-3"), CustomerId.of("customer-4"));
    return Stream.of(
        Map.entry(
            "several",
            page ->
                storage
                    .search()
                    .messagesIn(List.of(ConversationId.of("c3"), ConversationId.of("c4")), page)),
        Map.entry("newest", page -> storage.search().newestIn(ConversationId.of("c3"), page)),
        Map.entry("shown", page -> storage.inboxes().messagesOf(ConversationId.of("c3"), page)),
        Map.entry("history", page -> storage.search().historyOf(customers, ALL, null, page)),
        Map.entry("sent", page -> storage.outbox().messages(ALL, Set.of(Delivery.SENT), page)),
        Map.entry(
            "failed",
            page ->
                storage.outbox().messages(ALL, Set.of(Delivery.FAILED, Delivery.BOUNCED), page)),
        Map.entry("old", page -> storage.persons().olderThan(InboxId.of("inbox-3"), MIDDLE, page)));
  }

  @ParameterizedTest
  @MethodSource("messageLists")
  void a_page_of_messages_costs_the_same_wherever_it_begins(
      Map.Entry<String, Consumer<Page.Request>> list) {
    Page.Request first = Page.Request.first(LIMIT);

    List<LookingDatabase.Plan> plans =
        database.during(
            () -> {
              list.getValue().accept(first);
              list.getValue().accept(first.after(new Mark(MIDDLE, "m")));
            });

    assertThat(plans).hasSize(2).allSatisfy(few());
  }

  @Test
  void a_word_that_few_have_is_found_without_looking_through_the_others() {
    ConversationFilter rare = OPEN.matching(new Criterion.Contains(TextColumn.SUBJECT, "Zanzibar"));

    List<LookingDatabase.Plan> plans =
        database.during(() -> storage.search().find(rare, Page.Request.first(LIMIT)));

    assertThat(plans).hasSize(2).allSatisfy(few());
  }

  @ParameterizedTest
  @EnumSource(value = TextColumn.class, names = "PREVIEW", mode = EnumSource.Mode.EXCLUDE)
  @Tag("DI-7")
  void so_is_a_recording_by_a_part_of_an_address_or_subject_in_some_inboxes_and_days(
      TextColumn column) {
    ConversationFilter rare =
        ConversationFilter.all()
            .inInboxes(ALL)
            .between(Moments.from(ROWS / 4), Moments.from(ROWS / 4 * 3))
            .matching(
                new Criterion.All(
                    List.of(
                        new Criterion.Not(new Criterion.Is(Claim.SIDE_THREAD)),
                        new Criterion.Contains(column, "anziba"))));

    List<LookingDatabase.Plan> plans =
        database.during(() -> storage.search().find(rare, Page.Request.first(LIMIT)));

    assertThat(plans).hasSize(2).allSatisfy(few());
  }

  @Test
  @Tag("PO-6")
  void what_is_held_on_a_person_is_found_page_by_page_however_much_it_is() {
    Person ana = Person.at(EmailAddress.of("ana@example.com"));

    List<LookingDatabase.Plan> plans =
        database.during(
            () -> {
              storage.persons().conversations(ana, ConversationId.of("c2"), LIMIT);
              storage.persons().messagesOf(ConversationId.of("c3"), MessageId.of("m2"), LIMIT);
              storage
                  .persons()
                  .usesOf(List.of(Sample.blob("ok thanks").digest()), List.of(MessageId.of("m1")));
            });

    assertThat(plans).hasSize(3).allSatisfy(few());
  }

  private static Consumer<LookingDatabase.Plan> few() {
    return plan -> {
      assertThat(plan.looked().keySet())
          .as("%s", plan)
          .isNotEmpty()
          .noneMatch(scan -> scan.startsWith("Seq Scan"));
      assertThat(plan.rows()).as("%s", plan).isLessThanOrEqualTo(MOST_LOOKED_AT);
    };
  }

  /** What lists ask for is seldom, and what is not asked for stands before it in other lists. */
  private static void conversations(Connection connection) throws SQLException {
    Conversation sample = SampleConversation.of("c").make();
    execute(
        connection,
        """
        insert into engage_conversation (id, version, inbox, number, channel, messages, unread,
          assignee, customer, completed_at, opened_at, last_at, priority, campaign, tags,
          subject, label, senders, preview, form, body)
        select 'c' || n, 1, 'inbox-' || mod(n, 8), n, case mod(n, 61) when 0 then 'sms'
          else 'email' end, 1, case mod(n, 89) when 0 then 1 else 0 end,
          case mod(n, 97) when 0 then null else 'agent-' || mod(n, 41) end,
          case mod(n, 83) when 0 then null else 'customer-' || mod(n, 997) end,
          case mod(n, 3) when 0 then null else n end, n, n,
          case mod(n, 7) when 0 then mod(n, 50) else 100 end,
          case mod(n, 71) when 0 then 'spring' end,
          case mod(n, 11) when 0 then array['vip'] else array[]::text[] end,
          case mod(n, 9973) when 0 then 'zanzibar' else 'watch strap' end, '', '', '', 1, ?
        from generate_series(1, ?) n\
        """,
        StoredForm.of(Conversation.class).write(sample),
        ROWS);
    execute(
        connection,
        """
        insert into engage_conversation_facet
        select 'tag:vip', completed, last_at, id from engage_conversation where mod(number, 11) = 0
        union all
        select 'handler:agent-7', completed, last_at, id
        from engage_conversation where mod(number, 13) = 0
        """);
    execute(
        connection,
        """
        insert into engage_conversation_trigram
        select id, case subject when 'zanzibar'
          then cast(string_to_array(?, ' ') as smallint[])
          else array(select cast(mod(number * k, 32749) as smallint) from generate_series(1, 20) k)
          end
        from engage_conversation\
        """,
        trigrams("zanzibar"));
  }

  private static String trigrams(String text) {
    return String.join(" ", Trigrams.of(text).stream().map(String::valueOf).toList());
  }

  private static void messages(Connection connection) throws SQLException {
    Message sample = SampleMail.of("m").make();
    execute(
        connection,
        """
        insert into engage_message (id, version, conversation, inbox, channel, customer, delivery,
          removal, at, source, form, body)
        select 'm' || n, 1, 'c' || mod(n, 31), 'inbox-' || mod(n, 8), 'email',
          'customer-' || mod(n, 17),
          case when mod(n, 503) = 0 then 'failed' when mod(n, 5) = 0 then 'sent' else 'none' end,
          'none', n, case mod(n, 2) when 0 then ? else sha256(cast('m' || n as bytea)) end, 1, ?
        from generate_series(1, ?) n\
        """,
        MessageTable.bytes(Sample.blob("ok thanks").digest()),
        StoredForm.of(Message.class).write(sample),
        ROWS);
    execute(
        connection,
        """
        insert into engage_blob_use select sha256(cast('d' || n as bytea)), 'draft', 'draft/' || n
        from generate_series(1, ?) n\
        """,
        ROWS);
    execute(
        connection,
        """
        insert into engage_person select 'ana@example.com', 'c' || n, ''
        from generate_series(1, ?) n\
        """,
        ROWS);
  }

  private static void execute(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      statement.execute();
    }
  }
}
