import io.engage.core.Engage;
import io.engage.core.SyncReport;
import io.engage.files.SegmentBlobStore;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.spi.InboxStore;
import io.engage.spi.Storage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The most live heap during an import, by what Engage itself holds: the storage keeps the cursor
 * and the last audit entry of each batch and forgets the rest, as if that lay in a database.
 *
 * <p>{@code heap.sh} starts it: {@code HeapBenchmark PORT USER}.
 */
public final class HeapBenchmark {
  private static final int BATCHES_BETWEEN_LOOKS = 2;

  private final List<Long> live = new ArrayList<>();
  private int batches;

  public static void main(String[] arguments) throws IOException {
    new HeapBenchmark().run(Integer.parseInt(arguments[0]), arguments[1]);
  }

  private void run(int port, String user) throws IOException {
    Path folder = Files.createTempDirectory("engage-blobs");
    try {
      SyncReport report = imported(port, user, folder);
      System.out.printf(
          Locale.ROOT,
          "%6d mails, %4d MB: live heap %.1f MB at most, median %.1f MB in the first tenth of the"
              + " import, %.1f MB in the last%n",
          report.imported(),
          report.bytes() >> 20,
          live.stream().max(Comparator.naturalOrder()).orElseThrow() / 1e6,
          median(live.subList(0, tenth())) / 1e6,
          median(live.subList(live.size() - tenth(), live.size())) / 1e6);
    } finally {
      delete(folder);
    }
  }

  private SyncReport imported(int port, String user, Path folder) {
    MailAccount account =
        MailAccount.of(
            "mailbox",
            user,
            new ServerEndpoint("127.0.0.1", port, TlsMode.PLAINTEXT_LOOPBACK),
            null);
    InMemoryCredentials credentials = InMemoryCredentials.create();
    credentials.with(account.id(), Credential.password("pw"));
    try (SegmentBlobStore blobs = SegmentBlobStore.open(folder);
        Engage engage =
            Engage.builder()
                .storage(forgetful(InMemoryStorage.create()))
                .blobs(blobs)
                .mail(ImapMail.create(credentials))
                .customers(InMemoryCustomerDirectory.create())
                .account(account)
                .inbox(Inbox.of("inbox", "Inbox", user + "@localhost", account.id()))
                .build()) {
      return engage.mail().sync(account.id(), progress -> look());
    }
  }

  private void look() {
    if (batches++ % BATCHES_BETWEEN_LOOKS == 0) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      live.add(runtime.totalMemory() - runtime.freeMemory());
    }
  }

  private int tenth() {
    return Math.max(1, live.size() / 10);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static Storage forgetful(Storage real) {
    InboxStore inboxes = (InboxStore) instead(InboxStore.class, real.inboxes(), "commit");
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                method.getName().equals("inboxes") ? inboxes : call(real, method, arguments));
  }

  private static Object instead(Class<?> port, InboxStore real, String name) {
    return Proxy.newProxyInstance(
        port.getClassLoader(),
        new Class<?>[] {port},
        (proxy, method, arguments) ->
            method.getName().equals(name)
                ? commit(real, (InboxChange) arguments[0])
                : call(real, method, arguments));
  }

  private static Object commit(InboxStore real, InboxChange change) {
    InboxChange.Builder kept =
        InboxChange.builder()
            .audit(change.audit().subList(change.audit().size() - 1, change.audit().size()));
    change.inboxes().forEach(kept::inbox);
    if (change.cursor() != null) {
      kept.cursor(change.cursor());
    }
    real.commit(kept.build());
    return null;
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
