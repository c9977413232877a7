package io.engage.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.files.SegmentBlobStore;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.spi.Storage;
import io.engage.testkit.peers.Dovecot;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail that is many times larger than the memory comes in whole, parsed and kept. */
@Tag("G-12")
class LargeMailTest {
  private static final int LARGE = 300_000_000;

  @TempDir private Path folder;

  @Test
  void a_mail_of_300_megabytes_is_imported_in_64_and_so_are_its_neighbours() throws Exception {
    try (Dovecot dovecot = Dovecot.start()) {
      deliver(dovecot, 10, LARGE, 20);

      String said = importIn64Megabytes(dovecot);

      assertThat(said).endsWith("end\n");
    }
    try (OpenStore store = Surviving.open(Surviving.h2In(folder));
        SegmentBlobStore blobs = SegmentBlobStore.open(folder.resolve("blobs"))) {
      Storage storage = store.storage();
      ServerFolder inbox = new ServerFolder(SyncUntilKilled.ACCOUNT, "INBOX");
      FolderCursor cursor = storage.ledger().cursor(inbox).orElseThrow();
      List<LedgerEntry> ledger = storage.ledger().entriesAfter(inbox, cursor.uidValidity(), 0, 10);

      assertThat(ledger)
          .extracting(LedgerEntry::state)
          .containsExactly(
              LedgerEntry.State.IMPORTED, LedgerEntry.State.IMPORTED, LedgerEntry.State.IMPORTED);
      assertThat(ledger.get(1).source().size()).isGreaterThan(LARGE);
      assertThat(blobs.find(ledger.get(1).source().digest())).isPresent();
      assertThat(storage.inboxes().messages(ledger.get(1).messages()).get(0).attachments())
          .singleElement()
          .satisfies(film -> assertThat(film.name()).hasToString("film.mp4"));
    }
  }

  private String importIn64Megabytes(Dovecot dovecot) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SyncUntilKilled.class.getName(),
                folder.toString(),
                Integer.toString(dovecot.port()),
                "shop",
                Surviving.h2In(folder))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  private static void deliver(Dovecot dovecot, int... sizes) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.imap.timeout", "60000");
    Session session = Session.getInstance(properties);
    try (Store store = session.getStore("imap")) {
      store.connect("127.0.0.1", dovecot.port(), "shop", Dovecot.PASSWORD);
      Folder inbox = store.getFolder("INBOX");
      for (int size : sizes) {
        inbox.appendMessages(new Message[] {new Film(session, size)});
      }
    }
  }

  /** A mail with a film, written as it is asked for. */
  private static final class Film extends MimeMessage {
    private static final byte[] LINE = ("A".repeat(76) + "\r\n").getBytes(US_ASCII);

    private final int size;

    Film(Session session, int size) throws MessagingException {
      super(session, new ByteArrayInputStream(header(size)));
      this.size = size;
    }

    private static byte[] header(int size) {
      return """
      From: Ana Silva <ana@customer.example>
      To: shop@example.com
      Subject: My bike makes this noise
      Message-ID: <film%d@customer.example>
      Content-Type: video/mp4; name=film.mp4
      Content-Transfer-Encoding: base64

      """
          .formatted(size)
          .replace("\n", "\r\n")
          .getBytes(US_ASCII);
    }

    @Override
    public void writeTo(OutputStream to) throws IOException {
      to.write(header(size));
      for (long written = 0; written < size; written += LINE.length) {
        to.write(LINE);
      }
    }
  }
}
