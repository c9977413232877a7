package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.files.SegmentBlobStore;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import io.engage.spi.Storage;
import io.engage.testkit.peers.CuttingProxy;
import io.engage.testkit.peers.Dovecot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections are cut, the process is killed, an agent reads and deletes, another mail program
 * marks, deletes, moves, copies and adds, a folder is renumbered. In the end both sides are equal.
 */
@Tag("SY-2")
@Tag("SY-5")
@Tag("SY-6")
@Tag("G-1")
@Tag("G-2")
@Tag("G-3")
@Tag("G-4")
@Tag("G-8")
@Tag("G-10")
class ChaosTest {
  private static final int MAILS = 2_000;
  private static final int DEATHS = 4;
  private static final long LONGEST_LINE = 900_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {20_261_122, 3})
  void after_any_chaos_both_sides_are_equal(long seed) throws Exception {
    Random random = new Random(seed);
    try (Dovecot dovecot = Dovecot.start();
        CuttingProxy line = CuttingProxy.to(dovecot.port(), LONGEST_LINE, new Random(7));
        OtherProgram other = OtherProgram.connect(dovecot.port(), random)) {
      other.add("INBOX", MAILS * 3 / 4);
      other.add("Archive", MAILS / 4);

      for (int life = 0; life < DEATHS; life++) {
        live(line.port(), life, 40 + random.nextInt(60), other);
        if (life == DEATHS / 2) {
          other.renumber("Archive");
        }
      }
      line.mend();
      List<String> last = live(line.port(), DEATHS, Integer.MAX_VALUE, null);

      assertThat(last).contains("end");
      assertThat(last.stream().filter(said -> said.startsWith("reconciled")))
          .containsExactly("reconciled 0 0", "reconciled 0 0");
      assertThat(line.cuts()).isPositive();
      bothSidesAreEqual(other);
    }
  }

  /** Whoever is not killed ends by itself; the other program is at work meanwhile. */
  private List<String> live(int port, int life, int lines, OtherProgram other) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ShopInChaos.class.getName(),
                folder.toString(),
                Integer.toString(port),
                Integer.toString(life)));
    if (other == null) {
      command.add("settle");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> said = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        said.add(text);
        if (other != null && said.size() < lines) {
          other.act();
        }
        if (said.size() == lines) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    assertThat(said).as("life %d", life).hasSizeGreaterThanOrEqualTo(Math.min(lines, 3));
    return said;
  }

  private void bothSidesAreEqual(OtherProgram other) throws Exception {
    try (OpenStore store = Surviving.open(Surviving.h2In(folder));
        SegmentBlobStore blobs = SegmentBlobStore.open(folder.resolve("blobs"))) {
      Storage storage = store.storage();
      Map<String, Message> shown = shown(storage);
      Set<String> onServer = new LinkedHashSet<>();
      for (String name : List.of("INBOX", "Archive")) {
        OtherProgram.Listing listing = other.list(name);
        Map<Long, LedgerEntry> ledger = ledger(storage, name, listing.uidValidity());
        listing
            .mails()
            .forEach(
                (uid, mail) -> {
                  LedgerEntry entry = ledger.get(uid);
                  assertThat(entry).as("%s %d", name, uid).isNotNull();
                  if (isPutBack(storage, entry)) {
                    return;
                  }
                  onServer.add(mail.messageId());
                  Message message = shown.get(mail.messageId());
                  assertThat(message).as("%s %d %s", name, uid, entry).isNotNull();
                  assertThat(entry.state())
                      .isIn(LedgerEntry.State.IMPORTED, LedgerEntry.State.DUPLICATE);
                  assertThat(entry.messages()).containsExactly(message.id());
                  assertThat(blobs.find(message.source().digest())).isPresent();
                  if (entry.uid().equals(message.state().onServer())) {
                    assertThat(message.state().read())
                        .as("%s %s", entry.uid(), trail(storage, message))
                        .isEqualTo(mail.seen());
                  }
                });
        assertThat(
                shown.values().stream()
                    .map(each -> each.state().onServer())
                    .filter(uid -> uid.folder().name().equals(name)))
            .as("where messages of %s lie", name)
            .allMatch(uid -> uid.uidValidity() == listing.uidValidity())
            .allMatch(uid -> listing.mails().containsKey(uid.uid()));
      }
      assertThat(shown.keySet()).containsExactlyInAnyOrderElementsOf(onServer);
      theTrailTellsEach(storage);
      assertThat(storage.outbox().unsettled(1)).isEmpty();
    }
  }

  /**
   * A copy that was made before our deletion took the mail and came to light after it: it is the
   * other program's, and the message stays deleted here.
   */
  private static boolean isPutBack(Storage storage, LedgerEntry entry) {
    return entry.state() == LedgerEntry.State.DUPLICATE
        && entry.reason().contains("put on the server again")
        && storage.inboxes().messages(entry.messages()).stream()
            .allMatch(each -> each.state().removal() == Removal.BY_AGENT);
  }

  /** What stands in a message is what its trail came to, deleted ones included. */
  private static void theTrailTellsEach(Storage storage) {
    Map<Removal, Integer> removals = new HashMap<>();
    Set<MessageId> ids = new LinkedHashSet<>();
    for (AuditEntry entry : storage.audit().newest(Integer.MAX_VALUE)) {
      if (entry.fact() instanceof AuditFact.Received) {
        ids.add(entry.subject().message());
      }
    }
    for (Message message : storage.inboxes().messages(ids)) {
      Removal removal = Removal.NONE;
      Boolean read = null;
      for (AuditEntry entry : storage.audit().ofMessage(message.id())) {
        AuditFact fact = entry.fact();
        if (fact instanceof AuditFact.Deleted) {
          removal = Removal.BY_AGENT;
        } else if (fact instanceof AuditFact.LeftServer left) {
          removal = left.stays() ? removal : Removal.BY_SERVER;
        } else if (fact instanceof AuditFact.CameBack) {
          removal = Removal.NONE;
        } else if (fact instanceof AuditFact.MarkedRead || fact instanceof AuditFact.MarkedUnread) {
          read = fact instanceof AuditFact.MarkedRead;
        }
      }
      assertThat(message.state().removal()).as("%s", trail(storage, message)).isEqualTo(removal);
      if (read != null) {
        assertThat(message.state().read()).as("%s", trail(storage, message)).isEqualTo(read);
      }
      removals.merge(removal, 1, Integer::sum);
    }
    assertThat(removals).containsOnlyKeys(Removal.NONE, Removal.BY_AGENT, Removal.BY_SERVER);
  }

  private static List<AuditFact> trail(Storage storage, Message message) {
    return storage.audit().ofMessage(message.id()).stream().map(AuditEntry::fact).toList();
  }

  private static Map<Long, LedgerEntry> ledger(Storage storage, String name, long uidValidity) {
    ServerFolder on = new ServerFolder(ShopInChaos.ACCOUNT, name);
    assertThat(storage.ledger().cursor(on).map(FolderCursor::uidValidity)).contains(uidValidity);
    Map<Long, LedgerEntry> entries = new HashMap<>();
    storage
        .ledger()
        .entriesAfter(on, uidValidity, 0, Integer.MAX_VALUE)
        .forEach(each -> entries.put(each.uid().uid(), each));
    return entries;
  }

  /** By Message-ID; a second message of one would be a double. */
  private static Map<String, Message> shown(Storage storage) throws IOException {
    Map<String, Message> shown = new HashMap<>();
    Page.Request request = Page.Request.first(500);
    Page<Conversation> page = storage.search().find(ConversationFilter.all(), request);
    List<Conversation> all = new ArrayList<>(page.items());
    while (page.next() != null) {
      page = storage.search().find(ConversationFilter.all(), request.after(page.next()));
      all.addAll(page.items());
    }
    for (Message each : storage.search().messagesIn(all.stream().map(Conversation::id).toList())) {
      String id = "<" + each.headers().messageId().value() + ">";
      assertThat(shown.put(id, each)).as("twice: %s", id).isNull();
    }
    return shown;
  }
}
