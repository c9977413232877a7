import com.sun.management.OperatingSystemMXBean;
import io.engage.core.Engage;
import io.engage.core.SyncProgress;
import io.engage.core.SyncReport;
import io.engage.files.SegmentBlobStore;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.spi.Storage;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Imports the same mailbox several times in one JVM, each time into a fresh store, with mbsync in
 * between. The first import is the cold one; the later ones say what a running server does.
 *
 * <p>{@code warm.sh} starts it: {@code ImportBenchmark PORT USER RUNS MBSYNC_SCRIPT FOLDER}.
 */
public final class ImportBenchmark {
  private static final Pattern WALL = Pattern.compile("wall=([0-9.]+)");
  private static final int COMMITS_BETWEEN_LOOKS = 20;

  private final int port;
  private final String user;
  private long mostLive;

  private ImportBenchmark(int port, String user) {
    this.port = port;
    this.user = user;
  }

  private record Figures(double seconds, double cpu, double collecting, SyncReport report) {
    double mailsPerSecond() {
      return report.imported() / seconds;
    }
  }

  public static void main(String[] arguments) throws Exception {
    ImportBenchmark benchmark =
        new ImportBenchmark(Integer.parseInt(arguments[0]), arguments[1]);
    benchmark.compare(Integer.parseInt(arguments[2]), arguments[3], arguments[4]);
  }

  private void compare(int runs, String script, String folder) throws Exception {
    List<Double> warm = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    List<Double> synced = new ArrayList<>();
    double cold = 0;
    for (int run = 1; run <= runs; run++) {
      Figures figures = importOnce(progress -> {});
      print(run == 1 ? "engage, cold" : "engage, warm", figures);
      if (run == 1) {
        cold = figures.seconds();
      } else {
        warm.add(figures.seconds());
      }
      plain.add(mbsync(script, folder, "nofsync"));
      synced.add(mbsync(script, folder, "fsync"));
    }
    double one = median(plain);
    double other = median(synced);
    line("median: mbsync without fsync %.2f s, with fsync %.2f s", one, other);
    line("engage, cold: %.2f x mbsync without fsync, %.2f x with", one / cold, other / cold);
    if (!warm.isEmpty()) {
      double usual = median(warm);
      line("engage, warm: %.2f x mbsync without fsync, %.2f x with", one / usual, other / usual);
    }
    importOnce(this::lookAtHeap);
    line("most live heap during an import, store included: %.1f MB", mostLive / 1e6);
  }

  private Figures importOnce(Consumer<SyncProgress> progress) throws IOException {
    MailAccount account =
        MailAccount.of(
            "mailbox",
            user,
            new ServerEndpoint("127.0.0.1", port, TlsMode.PLAINTEXT_LOOPBACK),
            null);
    InMemoryCredentials credentials = InMemoryCredentials.create();
    credentials.with(account.id(), Credential.password("pw"));
    Storage storage = InMemoryStorage.create();
    Path folder = Files.createTempDirectory("engage-blobs");
    long began = System.nanoTime();
    long cpuBefore = cpuNanos();
    long collectingBefore = collectingMillis();
    SyncReport report;
    try (SegmentBlobStore blobs = SegmentBlobStore.open(folder);
        Engage engage =
            Engage.builder()
                .storage(storage)
                .blobs(blobs)
                .mail(ImapMail.create(credentials))
                .customers(InMemoryCustomerDirectory.create())
                .account(account)
                .inbox(Inbox.of("inbox", "Inbox", user + "@localhost", account.id()))
                .build()) {
      report = engage.mail().sync(account.id(), progress);
    } finally {
      delete(folder);
    }
    return new Figures(
        (System.nanoTime() - began) / 1e9,
        (cpuNanos() - cpuBefore) / 1e9,
        (collectingMillis() - collectingBefore) / 1e3,
        report);
  }

  private int commits;

  private void lookAtHeap(SyncProgress progress) {
    if (++commits % COMMITS_BETWEEN_LOOKS == 1) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      mostLive = Math.max(mostLive, runtime.totalMemory() - runtime.freeMemory());
    }
  }

  private double mbsync(String script, String folder, String way) throws Exception {
    Process process =
        new ProcessBuilder(script, folder, String.valueOf(port), user, way)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    Matcher wall = WALL.matcher(output);
    if (process.waitFor() != 0 || !wall.find()) {
      throw new IllegalStateException("mbsync failed: " + output);
    }
    double seconds = Double.parseDouble(wall.group(1));
    line("mbsync, %-8s %7.2f s", way, seconds);
    return seconds;
  }

  private static void print(String name, Figures figures) {
    line(
        "%-16s %7.2f s  %6.0f mails/s  CPU %.2f s  GC %.2f s  %.0f mails per commit",
        name,
        figures.seconds(),
        figures.mailsPerSecond(),
        figures.cpu(),
        figures.collecting(),
        figures.report().imported() / (double) figures.report().commits());
  }

  private static void line(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long collectingMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
