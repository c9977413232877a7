package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.files.SegmentBlobStore;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.message.MessageId;
import io.engage.spi.Storage;
import io.engage.testkit.peers.Dovecot;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that imports is killed with SIGKILL, again and again, against a store that survives it.
 */
@Tag("G-8")
@Tag("G-10")
@Tag("PO-2")
class KilledSyncTest {
  private static final int MAILS = 2_000;
  private static final int DEATHS = 6;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void an_import_killed_at_any_moment_loses_nothing_and_doubles_nothing(StoreKind kind)
      throws Exception {
    String database = kind.empty(folder);
    Random random = new Random(20_260_302);
    try (Dovecot dovecot = Dovecot.start()) {
      fill(dovecot, random);

      int deaths = 0;
      while (deaths < DEATHS && runAndKill(dovecot, database, 1 + random.nextInt(4))) {
        deaths++;
      }
      boolean finished = !runAndKill(dovecot, database, Integer.MAX_VALUE);

      assertThat(deaths).isEqualTo(DEATHS);
      assertThat(finished).isTrue();
    }
    everyMailIsThereOnce(database);
  }

  private void everyMailIsThereOnce(String database) throws IOException {
    try (OpenStore store = Surviving.open(database);
        SegmentBlobStore blobs = SegmentBlobStore.open(folder.resolve("blobs"))) {
      Storage storage = store.storage();
      ServerFolder inbox = new ServerFolder(SyncUntilKilled.ACCOUNT, "INBOX");
      FolderCursor cursor = storage.ledger().cursor(inbox).orElseThrow();
      List<LedgerEntry> ledger =
          storage.ledger().entriesAfter(inbox, cursor.uidValidity(), 0, MAILS + 1);
      List<MessageId> messages =
          ledger.stream().flatMap(entry -> entry.messages().stream()).toList();

      assertThat(ledger).hasSize(MAILS);
      assertThat(ledger)
          .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(LedgerEntry.State.IMPORTED));
      assertThat(messages).hasSize(MAILS).doesNotHaveDuplicates();
      assertThat(ledger)
          .allSatisfy(entry -> assertThat(blobs.find(entry.source().digest())).isPresent());
      assertThat(messagesInLists(storage)).isEqualTo(MAILS);
    }
  }

  private static int messagesInLists(Storage storage) {
    int messages = 0;
    Page.Request request = Page.Request.first(500);
    Page<Conversation> page = storage.search().find(ConversationFilter.all(), request);
    messages += count(page);
    while (page.next() != null) {
      page = storage.search().find(ConversationFilter.all(), request.after(page.next()));
      messages += count(page);
    }
    return messages;
  }

  private static int count(Page<Conversation> page) {
    return page.items().stream().mapToInt(Conversation::messages).sum();
  }

  /** Whether it died before its end. */
  private boolean runAndKill(Dovecot dovecot, String database, int commits)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                SyncUntilKilled.class.getName(),
                folder.toString(),
                Integer.toString(dovecot.port()),
                "shop",
                database,
                "in step")
            .redirectErrorStream(true)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (said.size() == commits) {
          process.toHandle().destroyForcibly();
        } else {
          answer(process);
        }
      }
    }
    process.waitFor();
    boolean finished = said.contains("end");
    assertThat(finished || said.size() >= commits).as("it said %s", said).isTrue();
    return !finished;
  }

  private static void answer(Process process) {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException hasEnded) {
      process.onExit();
    }
  }

  private static void fill(Dovecot dovecot, Random random) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.imap.timeout", "20000");
    Session session = Session.getInstance(properties);
    try (Store store = session.getStore("imap")) {
      store.connect("127.0.0.1", dovecot.port(), "shop", Dovecot.PASSWORD);
      Folder inbox = store.getFolder("INBOX");
      inbox.appendMessages(
          IntStream.range(0, MAILS)
              .mapToObj(i -> mail(session, i, random))
              .toArray(Message[]::new));
    }
  }

  /** Half of them answer an earlier one, so that conversations are in the making at each death. */
  private static MimeMessage mail(Session session, int number, Random random) {
    try {
      MimeMessage mail =
          new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
              setHeader("Message-ID", "<" + number + "@customer.example>");
            }
          };
      mail.setFrom("customer" + number % 7 + "@customer.example");
      mail.setRecipients(Message.RecipientType.TO, "shop@example.com");
      mail.setSubject("Order " + number);
      if (number > 0 && random.nextBoolean()) {
        mail.setHeader("In-Reply-To", "<" + random.nextInt(number) + "@customer.example>");
      }
      mail.setText("x".repeat(200 + random.nextInt(8_000)));
      mail.saveChanges();
      return mail;
    } catch (MessagingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
