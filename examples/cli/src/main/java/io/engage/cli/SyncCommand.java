package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.core.Engage;
import io.engage.core.MailReader;
import io.engage.core.SyncProgress;
import io.engage.core.SyncReport;
import io.engage.files.SegmentBlobStore;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.message.Blob;
import io.engage.model.message.MailContent;
import io.engage.spi.BlobStore;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engage sync}: imports a mailbox, and says in one line what that took. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = "Imports what is new in a mailbox and ends with one line of figures.")
final class SyncCommand implements Callable<Integer> {
  private static final int ENTRIES_AT_ONCE = 500;

  private final Console console;
  private final ObjectMapper json = new ObjectMapper();

  @Option(
      names = "--imap",
      required = true,
      paramLabel = "URL",
      description = "imaps://user@host[:port][/folder]; imap:// means STARTTLS.")
  private String imap = "";

  @Option(
      names = "--blobs",
      paramLabel = "FOLDER",
      description =
          "Where the bytes of mails are kept; if not given, in the database, or with --store memory"
              + " in a temporary folder.")
  private @Nullable Path blobFolder;

  @Option(names = "--print", description = "Print each mail that is now held, as inspect does.")
  private boolean print;

  @Option(names = "--json", description = "Print the figures as a JSON object.")
  private boolean asJson;

  @Option(
      names = "--repeat",
      defaultValue = "1",
      paramLabel = "TIMES",
      description = "Look so many times; from the second time on only what is new is fetched.")
  private int repeat = 1;

  @Mixin private StoreOptions store = new StoreOptions();

  @Mixin private PasswordOptions password = new PasswordOptions();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  SyncCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    MailboxUrl url = url();
    try (OpenStore opened = store.open()) {
      Optional<BlobStore> kept = blobFolder == null ? opened.blobs() : Optional.empty();
      return kept.isPresent()
          ? sync(url.account(), opened.storage(), kept.get())
          : syncIntoFolder(url.account(), opened.storage());
    } catch (PortFailure unreachable) {
      console.err().println(unreachable.getMessage());
      return 1;
    }
  }

  private int syncIntoFolder(MailAccount account, Storage storage) throws IOException {
    Path folder = blobFolder == null ? Files.createTempDirectory("engage-blobs") : blobFolder;
    try (SegmentBlobStore blobs = SegmentBlobStore.open(folder)) {
      return sync(account, storage, blobs);
    } finally {
      if (blobFolder == null) {
        deleteTree(folder);
      }
    }
  }

  private MailboxUrl url() {
    try {
      return MailboxUrl.parse(imap);
    } catch (IllegalArgumentException notAUrl) {
      throw new ParameterException(spec.commandLine(), String.valueOf(notAUrl.getMessage()));
    }
  }

  private int sync(MailAccount account, Storage storage, BlobStore blobs) throws IOException {
    InMemoryCredentials credentials = InMemoryCredentials.create();
    credentials.with(account.id(), password.credential());
    try (Engage engage =
        reading
            .builder()
            .storage(storage)
            .blobs(blobs)
            .mail(ImapMail.create(credentials))
            .customers(InMemoryCustomerDirectory.create())
            .account(account)
            .inbox(Inbox.of("inbox", "Inbox", address(account), account.id()))
            .build()) {
      int quarantined = 0;
      for (int run = 1; run <= repeat; run++) {
        quarantined += run(engage, account);
      }
      if (print) {
        print(storage, blobs, account);
      }
      return quarantined == 0 ? 0 : 1;
    }
  }

  /**
   * The user name is often the address; if it is not, no mail is routed by it, and none is lost.
   */
  private static String address(MailAccount account) {
    return account.user().indexOf('@') > 0 ? account.user() : account.user() + "@localhost";
  }

  private int run(Engage engage, MailAccount account) throws IOException {
    long started = System.nanoTime();
    SyncReport report;
    if (System.console() == null) {
      report = engage.mail().sync(account.id());
    } else {
      try (ProgressBar bar =
          new ProgressBarBuilder().setTaskName("sync").setUnit(" mails", 1).build()) {
        report = engage.mail().sync(account.id(), progress -> show(progress, bar));
      }
    }
    printFigures(report, (System.nanoTime() - started) / 1e9);
    return report.quarantined();
  }

  private static void show(SyncProgress progress, ProgressBar bar) {
    bar.maxHint(progress.expected());
    bar.stepTo(progress.done());
  }

  private void printFigures(SyncReport report, double seconds) throws IOException {
    if (asJson) {
      ObjectNode figures = json.createObjectNode();
      figures.put("messages", report.imported());
      figures.put("duplicates", report.duplicates());
      figures.put("bytes", report.bytes());
      figures.put("seconds", seconds);
      figures.put("commits", report.commits());
      figures.put("quarantined", report.quarantined());
      console.out().println(json.writeValueAsString(figures));
    } else {
      console
          .out()
          .printf(
              Locale.ROOT,
              "messages=%d duplicates=%d bytes=%d seconds=%.2f commits=%d quarantined=%d%n",
              report.imported(),
              report.duplicates(),
              report.bytes(),
              seconds,
              report.commits(),
              report.quarantined());
    }
    console.out().flush();
  }

  /** One object for each mail on the server, by UID, a page of the ledger at a time. */
  private void print(Storage storage, BlobStore blobs, MailAccount account) throws IOException {
    MailReader reader = reading.reader();
    for (String name : account.folders()) {
      Optional<FolderCursor> cursor = storage.ledger().cursor(new ServerFolder(account.id(), name));
      if (cursor.isPresent()) {
        print(storage, blobs, reader, cursor.get());
      }
    }
  }

  private void print(Storage storage, BlobStore blobs, MailReader reader, FolderCursor cursor)
      throws IOException {
    long after = 0;
    while (true) {
      List<LedgerEntry> page =
          storage
              .ledger()
              .entriesAfter(cursor.folder(), cursor.uidValidity(), after, ENTRIES_AT_ONCE);
      if (page.isEmpty()) {
        return;
      }
      for (LedgerEntry entry : page) {
        print(entry, blobs, reader);
      }
      after = page.get(page.size() - 1).uid().uid();
    }
  }

  private void print(LedgerEntry entry, BlobStore blobs, MailReader reader) throws IOException {
    ObjectNode object = json.createObjectNode();
    object.put("uid", entry.uid().uid());
    object.put("state", entry.state().code());
    Blob source = entry.source();
    if (source == null) {
      object.put("error", entry.reason());
    } else {
      InspectedMail.write(reader.read(new Stored(blobs, source)), object);
    }
    console.out().println(json.writeValueAsString(object));
  }

  private record Stored(BlobStore blobs, Blob blob) implements MailContent {
    @Override
    public long size() {
      return blob.size();
    }

    @Override
    public InputStream open() {
      return blobs.open(blob.digest());
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
