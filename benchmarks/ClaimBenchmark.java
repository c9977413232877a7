import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.jpa.JpaStorage;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.Recipients;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Recipients claimed by 500, marked and settled by 50, each step durable, when nothing, half and
 * nine tenths of a list are done; beside the same three steps as bare SQL on a bare table.
 *
 * <p>{@code claims.sh} starts it: {@code ClaimBenchmark URL ROWS PID_OF_THE_SERVER}.
 */
public final class ClaimBenchmark {
  private static final ListId LIST = ListId.of("5f0c6f0e-7d5b-4b6e-9a53-0d6a2a8f5c11");
  private static final int BLOCK = 500;
  private static final int GROUP = 50;
  private static final RecipientOutcome SENT =
      new RecipientOutcome(
          Why.ACCEPTED, "The server took it", new SmtpReply(250, "2.0.0", "Ok: queued as 4F2C1"));

  private final DataSource database;
  private final Recipients recipients;
  private final long rows;
  private final long server;

  private ClaimBenchmark(DataSource database, long rows, long server) {
    this.server = server;
    this.database = database;
    this.recipients = JpaStorage.over(database).build().recipients();
    this.rows = rows;
  }

  public static void main(String[] arguments) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setUsername("engage");
    config.setPassword("engage");
    config.setMaximumPoolSize(8);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      new ClaimBenchmark(pool, Long.parseLong(arguments[1]), Long.parseLong(arguments[2])).run();
    }
  }

  private void run() throws Exception {
    makeBare();
    long begun = System.nanoTime();
    for (long first = 1; first <= rows; first += 1000) {
      recipients.add(
          LongStream.range(first, Math.min(rows + 1, first + 1000))
              .mapToObj(ClaimBenchmark::recipient)
              .toList());
    }
    System.out.printf(
        Locale.ROOT, "import: %.0f rows/s%n", rows / ((System.nanoTime() - begun) / 1e9));
    execute("vacuum analyze");
    System.out.printf(
        "%-6s %-8s %-30s %-30s %s%n", "done", "workers", "engage", "bare SQL", "nextDue");
    long slice = rows / 50;
    long done = 0;
    for (int percent : List.of(0, 50, 90)) {
      done += drain(4, rows * percent / 100 - done);
      for (int workers : List.of(1, 4)) {
        String engage = measured(() -> drain(workers, slice));
        done += slice;
        String bare = measured(() -> drainBare(workers, slice));
        System.out.printf(
            "%-6s %-8d %-30s %-30s %d us%n", percent + " %", workers, engage, bare, nextDue());
      }
    }
    System.out.println(recipients.counts(List.of(LIST)));
    System.out.println(recipients.recount(List.of(LIST)));
  }

  private long nextDue() {
    recipients.nextDue(List.of(LIST));
    long begun = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      recipients.nextDue(List.of(LIST));
    }
    return (System.nanoTime() - begun) / 20_000;
  }

  private static Recipient recipient(long row) {
    return new Recipient(
        RecipientId.of(LIST, row),
        "customer%d@customer.example".formatted(row),
        Recipient.USUAL_PRIORITY,
        new Recipient.Row(
            "",
            List.of(),
            Map.of("name", "Customer " + row, "watch", "Speedmaster", "shop", "Our shop")),
        RecipientState.PENDING);
  }

  /** Rows a second, and the CPU time of the server and of this process that a row takes. */
  private String measured(Callable<Long> work) throws Exception {
    double server = serverSeconds();
    long own = ownNanos();
    long begun = System.nanoTime();
    long done = work.call();
    double seconds = (System.nanoTime() - begun) / 1e9;
    return "%.0f/s, CPU %.0f + %.0f us"
        .formatted(
            done / seconds,
            (serverSeconds() - server) * 1e6 / done,
            (ownNanos() - own) / 1e3 / done);
  }

  private static long ownNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Of all processes of the server, those that have ended too. */
  private double serverSeconds() throws IOException {
    long ticks = 0;
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path each : processes.filter(this::isServers).toList()) {
        String[] fields = fields(each);
        ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        if (each.endsWith(Long.toString(server))) {
          ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
        }
      }
    }
    return ticks / 100.0;
  }

  private boolean isServers(Path process) {
    if (!process.getFileName().toString().matches("[0-9]+")) {
      return false;
    }
    try {
      return process.endsWith(Long.toString(server))
          || fields(process)[1].equals(Long.toString(server));
    } catch (IOException hasEnded) {
      return false;
    }
  }

  /** What stands behind the name of the program, which may have blanks. */
  private static String[] fields(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  private long drain(int workers, long wanted) throws Exception {
    return inParallel(workers, wanted, this::claimOnce);
  }

  private long claimOnce() {
    Instant now = Instant.now();
    List<RecipientClaim> claims = recipients.claim(List.of(LIST), BLOCK, now, now.plusSeconds(600));
    for (int first = 0; first < claims.size(); first += GROUP) {
      List<RecipientClaim> group = claims.subList(first, Math.min(claims.size(), first + GROUP));
      List<RecipientSettlement> settled = new ArrayList<>();
      for (RecipientClaim each : recipients.markAttempting(group)) {
        settled.add(RecipientSettlement.end(each, RecipientStatus.SENT, SENT, Instant.now()));
      }
      if (!recipients.settle(settled).isEmpty()) {
        throw new AssertionError("Somebody else has settled it");
      }
    }
    return claims.size();
  }

  private void makeBare() throws SQLException {
    execute("drop table if exists bare");
    execute(
        "create table bare (id bigint primary key, status smallint not null, outcome text)"
            + " with (fillfactor = 50)");
    execute("insert into bare select i, 0, null from generate_series(1, " + rows + ") i");
    execute("create index bare_pending on bare (id) where status = 0");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long drainBare(int workers, long wanted) throws Exception {
    return inParallel(workers, wanted, this::claimBareOnce);
  }

  private long claimBareOnce() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement claim =
            connection.prepareStatement(
                "update bare set status = 1 where id in (select id from bare where status = 0"
                    + " order by id limit ? for update skip locked) returning id");
        PreparedStatement change =
            connection.prepareStatement(
                "update bare set status = ?, outcome = ? where id = any (?)")) {
      claim.setInt(1, BLOCK);
      List<Long> ids = new ArrayList<>();
      var claimed = claim.executeQuery();
      while (claimed.next()) {
        ids.add(claimed.getLong(1));
      }
      for (int first = 0; first < ids.size(); first += GROUP) {
        Object[] group = ids.subList(first, Math.min(ids.size(), first + GROUP)).toArray();
        change.setArray(3, connection.createArrayOf("int8", group));
        change.setInt(1, 2);
        change.setString(2, null);
        change.executeUpdate();
        change.setInt(1, 3);
        change.setString(2, "{\"why\":\"accepted\",\"reply\":\"250 2.0.0 Ok: queued as 4F2C1\"}");
        change.executeUpdate();
      }
      return ids.size();
    }
  }

  private static long inParallel(int workers, long wanted, Callable<Long> once) throws Exception {
    AtomicLong left = new AtomicLong(wanted);
    AtomicLong done = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<Object>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        all.add(
            threads.submit(
                () -> {
                  while (left.getAndAdd(-BLOCK) > 0) {
                    done.addAndGet(once.call());
                  }
                  return null;
                }));
      }
      for (Future<Object> each : all) {
        each.get();
      }
      return done.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
