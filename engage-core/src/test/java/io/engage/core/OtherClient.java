package io.engage.core;

import io.engage.testkit.peers.Dovecot;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Somebody else at the shop's mailbox, with a mail program and a connection of their own. */
final class OtherClient implements AutoCloseable {
  private final Session session;
  private final Store store;

  private OtherClient(Session session, Store store) {
    this.session = session;
    this.store = store;
  }

  static OtherClient logIn(Dovecot dovecot, String user) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.imap.timeout", "20000");
    Session session = Session.getInstance(properties);
    Store store = session.getStore("imap");
    store.connect("127.0.0.1", dovecot.port(), user, Dovecot.PASSWORD);
    return new OtherClient(session, store);
  }

  void create(String folder) throws MessagingException {
    store.getFolder(folder).create(Folder.HOLDS_MESSAGES);
  }

  void append(String folder, String mail) throws MessagingException {
    append(folder, mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  void append(String folder, byte[] mail) throws MessagingException {
    MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail));
    store.getFolder(folder).appendMessages(new Message[] {message});
  }

  void markAllSeen(String folder) throws MessagingException {
    with(folder, open -> open.setFlags(open.getMessages(), new Flags(Flags.Flag.SEEN), true));
  }

  /** Deletes the first mails that are there now. */
  void deleteFirst(String folder, int mails) throws MessagingException {
    with(
        folder,
        open -> open.setFlags(1, Math.min(mails, open.getMessageCount()), deletedFlag(), true));
  }

  void moveAll(String from, String to) throws MessagingException {
    with(
        from,
        open -> {
          open.copyMessages(open.getMessages(), store.getFolder(to));
          open.setFlags(open.getMessages(), deletedFlag(), true);
        });
  }

  /** Another folder of that name, with another UIDVALIDITY, and the same mails in it. */
  void restoreFromBackup(String folder) throws MessagingException {
    String backup = folder + "-backup";
    create(backup);
    with(folder, open -> open.copyMessages(open.getMessages(), store.getFolder(backup)));
    store.getFolder(folder).delete(true);
    store.getFolder(backup).renameTo(store.getFolder(folder));
  }

  /** The bytes of each mail, in the order of the folder. */
  List<byte[]> sources(String folder) throws MessagingException, IOException {
    try (Folder open = store.getFolder(folder)) {
      open.open(Folder.READ_ONLY);
      List<byte[]> sources = new ArrayList<>();
      for (Message each : open.getMessages()) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        each.writeTo(bytes);
        sources.add(bytes.toByteArray());
      }
      return sources;
    }
  }

  int count(String folder) throws MessagingException {
    return store.getFolder(folder).getMessageCount();
  }

  private void with(String folder, Work work) throws MessagingException {
    Folder open = store.getFolder(folder);
    open.open(Folder.READ_WRITE);
    try {
      if (open.getMessageCount() > 0) {
        work.on(open);
      }
    } finally {
      open.close(true);
    }
  }

  private static Flags deletedFlag() {
    return new Flags(Flags.Flag.DELETED);
  }

  @Override
  public void close() throws MessagingException {
    store.close();
  }

  /** Something that is done to an open folder; what is marked as deleted goes at the end. */
  @FunctionalInterface
  private interface Work {
    void on(Folder open) throws MessagingException;
  }
}
