import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.jpa.JpaStorage;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.Service;
import io.engage.spi.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Asks a PostgreSQL with many conversations for pages of the usual lists, at their beginning and in
 * their middle, and for words. Some conversations are stored by Engage; the database makes the
 * others of them, since only the asking is measured. A database that has them keeps them.
 *
 * <p>{@code lists.sh --store} starts it: {@code StoreListBenchmark URL CONVERSATIONS ROUNDS}.
 */
public final class StoreListBenchmark {
  private static final int STORED = 4000;
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Page.Request PAGE = Page.Request.first(50);
  private static final List<InboxId> INBOXES =
      IntStream.range(0, 20).mapToObj(i -> InboxId.of("inbox-" + i)).toList();
  private static final ConversationFilter OPEN = ConversationFilter.open();

  private final DataSource database;
  private final Storage storage;
  private final int count;
  private final int rounds;
  private final Random random = new Random(20_261_122);
  private final List<String> vocabulary = new ArrayList<>();

  private StoreListBenchmark(DataSource database, int count, int rounds) throws SQLException {
    this.database = database;
    boolean isThere = texts("select to_regclass('engage_conversation')").get(0) != null;
    this.storage =
        JpaStorage.over(database).schema(isThere ? SchemaMode.NONE : SchemaMode.UPDATE).build();
    this.count = count;
    this.rounds = rounds;
    for (int i = 0; i < 6000; i++) {
      vocabulary.add(word());
    }
  }

  public static void main(String[] arguments) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setMaximumPoolSize(2);
    try (HikariDataSource database = new HikariDataSource(config)) {
      StoreListBenchmark benchmark =
          new StoreListBenchmark(
              database, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
      benchmark.fill();
      benchmark.measure();
    }
  }

  private void measure() {
    Instant middle = START.plusSeconds(count / 2L * 60);
    AgentId agent = AgentId.of("agent-7");
    ConversationFilter inbox = OPEN.in(INBOXES.get(3));
    ConversationFilter all = OPEN.inInboxes(Set.copyOf(INBOXES));
    System.out.printf(Locale.ROOT, "%-52s %6s %10s %10s%n", "", "items", "median", "least");
    for (boolean deep : new boolean[] {false, true}) {
      Page.Request page = deep ? PAGE.after(new Mark(middle, "")) : PAGE;
      String where = deep ? ", from the middle" : ", first page";
      ask("inbox, open, newest" + where, inbox, page);
      ask("20 inboxes, open, newest" + where, all, page);
      ask("20 inboxes, open and completed" + where, all.withCompletion(both()), page);
      ask("inbox, open, oldest" + where, inbox.sorted(Order.OLDEST_FIRST), page);
      ask("mine" + where, all.assignedTo(agent), page);
      ask("unassigned" + where, all.unassigned(), page);
      ask("unread" + where, all.unread(), page);
      ask("a customer's" + where, all.with(CustomerId.of("customer-42-7")), page);
      ask("with a tag of 2 %" + where, all.matching(new Criterion.Tagged("tag-3")), page);
      ask("with a tag of 0.05 %" + where, all.matching(new Criterion.Tagged("rare")), page);
      ask(
          "answers to a campaign" + where,
          all.matching(new Criterion.ToCampaigns(Set.of(CampaignId.of("spring")))),
          page);
      ask("SMS" + where, all.through(Channel.SMS), page);
    }
    Page.Request urgent = PAGE.after(new Mark(100, middle, ""));
    for (Page.Request page : List.of(PAGE, urgent)) {
      String where = page == PAGE ? ", first page" : ", from the middle";
      ask("20 inboxes, open, urgent" + where, all.sorted(Order.URGENT_FIRST), page);
      ask("unassigned, urgent" + where, all.unassigned().sorted(Order.URGENT_FIRST), page);
    }
    ask("a word of every second conversation", all.matching(has(vocabulary.get(0))), PAGE);
    ask("a word of one in 20 to 100", all.matching(has(vocabulary.get(40))), PAGE);
    ask("a word of one in 1000 or fewer", all.matching(has(vocabulary.get(5000))), PAGE);
    ask("a word of 3 conversations", all.matching(has("Zanzibar")), PAGE);
    ask("a word that nobody wrote", all.matching(has("quetzalcoatlus")), PAGE);
    ask("two letters", all.matching(has("qx")), PAGE);
    ask("3 words, each somewhere", all.searching("Zanzibar customer example"), PAGE);
    recordings(middle);
  }

  /** What supervisors look for: finished and running ones, in all inboxes, of some days. */
  private void recordings(Instant middle) {
    ConversationFilter all =
        ConversationFilter.all()
            .inInboxes(Set.copyOf(INBOXES))
            .between(middle, middle.plusSeconds(30 * 86_400L));
    ask("recordings of 30 days", ordinary(all), PAGE);
    ConversationFilter led =
        ordinary(
                all.between(middle, null),
                new Criterion.Before(TimeColumn.OPENED, middle.plusSeconds(30 * 86_400L)))
            .sorted(Order.OLDEST_FIRST);
    ask("recordings led in 30 days", led, PAGE);
    ask(
        "recordings of an agent, 30 days",
        ordinary(all, new Criterion.HandledBy(AgentId.of("agent-7"))),
        PAGE);
    ask(
        "recordings by a part of an address, 30 days",
        ordinary(all, new Criterion.Contains(TextColumn.FROM, "person-42@")),
        PAGE);
    ask(
        "recordings by a part of a subject, 30 days",
        ordinary(all, new Criterion.Contains(TextColumn.SUBJECT, vocabulary.get(5000))),
        PAGE);
    walk("pages of an export of 30 days", ordinary(all).sorted(Order.OLDEST_FIRST));
    walk("pages of an export of what was led then", led);
  }

  private static ConversationFilter ordinary(ConversationFilter filter, Criterion... more) {
    List<Criterion> all = new ArrayList<>(List.of(more));
    all.add(0, new Criterion.Not(new Criterion.Is(Criterion.Claim.SIDE_THREAD)));
    return filter.matching(new Criterion.All(all));
  }

  /** Each page of a whole export, once. */
  private void walk(String name, ConversationFilter filter) {
    List<Long> nanos = new ArrayList<>();
    int items = 0;
    Page.Request at = Page.Request.first(100);
    while (at != null) {
      long began = System.nanoTime();
      Page<Conversation> page = storage.search().find(filter, at);
      nanos.add(System.nanoTime() - began);
      items += page.items().size();
      at = page.next() == null ? null : at.after(page.next());
    }
    nanos.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%-52s %6d %7.2f ms %7.2f ms; the worst %.2f ms%n",
        name,
        items,
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get(0) / 1e6,
        nanos.get(nanos.size() - 1) / 1e6);
  }

  private static ConversationFilter.Completion both() {
    return ConversationFilter.Completion.BOTH;
  }

  private static Criterion has(String word) {
    return new Criterion.Any(
        Arrays.stream(TextColumn.values())
            .<Criterion>map(column -> new Criterion.Contains(column, word))
            .toList());
  }

  private void ask(String name, ConversationFilter filter, Page.Request page) {
    long[] nanos = new long[rounds];
    int items = 0;
    for (int round = -15; round < rounds; round++) { // the first make the driver prepare it
      long began = System.nanoTime();
      items = storage.search().find(filter, page).items().size();
      nanos[Math.max(0, round)] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-52s %6d %7.2f ms %7.2f ms%n",
        name,
        items,
        nanos[rounds / 2] / 1e6,
        nanos[0] / 1e6);
  }

  private void fill() throws SQLException {
    if (number("select count(*) from engage_conversation") > 0) {
      return;
    }
    long began = System.nanoTime();
    for (int from = 0; from < STORED; from += 500) {
      int first = from;
      keep(
          "batch-" + from,
          IntStream.range(0, 500).mapToObj(i -> conversation(first + i, false)).toList());
    }
    multiply();
    keep(
        "rare",
        IntStream.range(0, 3).mapToObj(i -> conversation(count / 4 * (i + 1), true)).toList());
    execute("vacuum analyze");
    System.out.printf(
        Locale.ROOT,
        "%d conversations in %.0f s; %d MB of rows, %d MB of indexes%n",
        number("select count(*) from engage_conversation"),
        (System.nanoTime() - began) / 1e9,
        size("pg_table_size"),
        size("pg_indexes_size"));
  }

  private long size(String function) throws SQLException {
    return number(
            "select sum("
                + function
                + "(c.oid))::bigint from pg_class c where c.relkind = 'r'"
                + " and c.relname like 'engage_conversation%'")
        >> 20;
  }

  /** Each stored one again and again, under other ids and at other times. */
  private void multiply() throws SQLException {
    List<String> indexes =
        texts(
            "select indexdef from pg_indexes where schemaname = current_schema()"
                + " and tablename like 'engage_conversation%' and indexname not like '%_pkey'");
    for (String name :
        texts(
            "select indexname from pg_indexes where schemaname = current_schema()"
                + " and tablename like 'engage_conversation%' and indexname not like '%_pkey'")) {
      execute("drop index " + name);
    }
    int copies = count / STORED - 1;
    execute(
        """
        insert into engage_conversation (id, version, inbox, number, channel, messages, unread,
          assignee, customer, customer_caseless, completed_at, opened_at, last_at, priority,
          side_of, campaign, tags, subject, label, senders, preview, form, body)
        select id || '-' || n, version, inbox, number, channel, messages, unread,
          assignee, customer || '-' || mod(n, 50), customer_caseless || '-' || mod(n, 50),
          completed_at, opened_at + n * %1$d * 60000000000,
          last_at + n * %1$d * 60000000000, priority,
          side_of, campaign, tags, subject, label, senders, preview, form,
          replace(replace(body, '"' || id || '"', '"' || id || '-' || n || '"'),
            to_char(to_timestamp(last_at / 1000000000) at time zone 'UTC',
              'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            to_char(to_timestamp(last_at / 1000000000 + n * %1$d * 60) at time zone 'UTC',
              'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        from engage_conversation, generate_series(1, %2$d) n\
        """
            .formatted(STORED, copies));
    execute(
        """
        insert into engage_conversation_trigram
        select conversation || '-' || n, trigrams
        from engage_conversation_trigram, generate_series(1, %d) n\
        """
            .formatted(copies));
    execute(
        """
        insert into engage_conversation_facet
        select facet, completed, last_at + n * %d * 60000000000, conversation || '-' || n
        from engage_conversation_facet, generate_series(1, %d) n\
        """
            .formatted(STORED, copies));
    for (String each : indexes) {
      execute(each);
    }
  }

  private void keep(String id, List<Conversation> some) {
    storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .conversations(some)
                .audit(
                    List.of(
                        new AuditEntry(
                            AuditEntryId.of(id),
                            START,
                            Actor.CONFIGURATION,
                            AuditSubject.NONE,
                            new AuditFact.QuickRepliesChanged(0))))
                .build());
  }

  private Conversation conversation(int i, boolean isRare) {
    Instant at = START.plusSeconds(i * 60L);
    Conversation.Exchange exchange = Conversation.Exchange.NONE.withNewest("Person " + i, text(22));
    AgentId agent = random.nextInt(10) < 9 ? AgentId.of("agent-" + random.nextInt(50)) : null;
    return new Conversation(
        ConversationId.of((isRare ? "rare-" : "conversation-") + i),
        INBOXES.get(random.nextInt(INBOXES.size())),
        random.nextInt(20) == 0 ? Channel.SMS : Channel.EMAIL,
        text(5) + (isRare ? " Zanzibar" : ""),
        Set.of(EmailAddress.of("person-" + i + "@customer.example")),
        1,
        random.nextInt(10) == 0 ? 1 : 0,
        at,
        at,
        random.nextInt(50) == 0 ? exchange.of(CampaignId.of("spring")) : exchange,
        new Conversation.State(
            agent,
            CustomerId.of("customer-" + random.nextInt(STORED / 4)),
            !isRare && random.nextInt(10) < 6 ? at : null,
            tags(i),
            random.nextInt(10) == 0 ? random.nextInt(100) : Conversation.State.USUAL_PRIORITY,
            false,
            agent == null ? Service.NONE : Service.arrived(at).taken(agent, at)),
        0);
  }

  private Set<String> tags(int i) {
    return i % 2000 == 0
        ? Set.of("rare")
        : random.nextInt(5) == 0 ? Set.of("tag-" + random.nextInt(10)) : Set.of();
  }

  /** Few words often, many seldom, as in every language. */
  private String text(int words) {
    return IntStream.range(0, words)
        .mapToObj(i -> vocabulary.get((int) (Math.pow(6000, random.nextDouble()) - 1)))
        .collect(Collectors.joining(" "));
  }

  private String word() {
    String consonants = "bcdfghjklmnprstvwz";
    String vowels = "aeiou";
    return IntStream.range(0, 2 + random.nextInt(3))
        .mapToObj(
            i ->
                ""
                    + consonants.charAt(random.nextInt(consonants.length()))
                    + vowels.charAt(random.nextInt(vowels.length()))
                    + (random.nextInt(3) == 0 ? "n" : ""))
        .collect(Collectors.joining());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set maintenance_work_mem = '512MB'");
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(texts(sql).get(0));
  }

  private List<String> texts(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
