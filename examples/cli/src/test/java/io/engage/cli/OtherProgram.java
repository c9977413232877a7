package io.engage.cli;

import io.engage.testkit.peers.Dovecot;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;

/** Another mail program on the shop's mailbox, with a connection of its own. */
final class OtherProgram implements AutoCloseable {
  private static final List<String> FOLDERS = List.of("INBOX", "Archive");

  private final Session session;
  private final Store store;
  private final Random random;
  private int lastMail;

  private OtherProgram(Session session, Store store, Random random) {
    this.session = session;
    this.store = store;
    this.random = random;
  }

  /** One mail as the server has it now. */
  record Mail(String messageId, boolean seen) {}

  /** A folder as the server has it now. */
  record Listing(long uidValidity, Map<Long, Mail> mails) {}

  static OtherProgram connect(int port, Random random) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.imap.timeout", "20000");
    Session session = Session.getInstance(properties);
    Store store = session.getStore("imap");
    store.connect("127.0.0.1", port, "shop", Dovecot.PASSWORD);
    return new OtherProgram(session, store, random);
  }

  void add(String name, int mails) throws MessagingException {
    Folder folder = store.getFolder(name);
    if (!folder.exists()) {
      folder.create(Folder.HOLDS_MESSAGES);
    }
    folder.appendMessages(
        IntStream.range(0, mails).mapToObj(i -> mail(++lastMail)).toArray(Message[]::new));
  }

  /** Marks, deletes, moves there and back, copies, or adds: a few mails at a time. */
  void act() throws MessagingException {
    String name = FOLDERS.get(random.nextInt(2));
    String otherName = FOLDERS.get(1 - FOLDERS.indexOf(name));
    Folder folder = store.getFolder(name);
    folder.open(Folder.READ_WRITE);
    try {
      int count = folder.getMessageCount();
      if (count > 10) {
        int first = 1 + random.nextInt(count - 5);
        Message[] some = folder.getMessages(first, first + random.nextInt(4));
        switch (random.nextInt(7)) {
          case 0, 1 -> folder.setFlags(some, new Flags(Flags.Flag.SEEN), random.nextInt(3) > 0);
          case 2 -> folder.setFlags(some, new Flags(Flags.Flag.DELETED), true);
          case 3, 4, 5 -> {
            folder.copyMessages(some, store.getFolder(otherName));
            folder.setFlags(some, new Flags(Flags.Flag.DELETED), true);
          }
          default -> add(otherName, 2);
        }
      }
    } finally {
      folder.close(true);
    }
  }

  /** The same mails under another UIDVALIDITY. */
  void renumber(String name) throws MessagingException {
    Folder old = store.getFolder(name);
    Folder fresh = store.getFolder(name + "-restored");
    fresh.create(Folder.HOLDS_MESSAGES);
    old.open(Folder.READ_WRITE);
    old.copyMessages(old.getMessages(), fresh);
    old.close(false);
    old.delete(true);
    fresh.renameTo(store.getFolder(name));
  }

  Listing list(String name) throws MessagingException {
    Folder folder = store.getFolder(name);
    folder.open(Folder.READ_ONLY);
    try {
      Message[] all = folder.getMessages();
      FetchProfile profile = new FetchProfile();
      profile.add(UIDFolder.FetchProfileItem.UID);
      profile.add(FetchProfile.Item.FLAGS);
      profile.add(FetchProfile.Item.ENVELOPE);
      folder.fetch(all, profile);
      UIDFolder uids = (UIDFolder) folder;
      Map<Long, Mail> mails = new LinkedHashMap<>();
      for (Message each : all) {
        mails.put(
            uids.getUID(each),
            new Mail(((MimeMessage) each).getMessageID(), each.isSet(Flags.Flag.SEEN)));
      }
      return new Listing(uids.getUIDValidity(), mails);
    } finally {
      folder.close(false);
    }
  }

  @Override
  public void close() throws MessagingException {
    store.close();
  }

  private MimeMessage mail(int number) {
    try {
      MimeMessage mail =
          new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
              setHeader("Message-ID", "<" + number + "@customer.example>");
            }
          };
      mail.setFrom("customer" + number % 97 + "@customer.example");
      mail.setRecipients(Message.RecipientType.TO, "shop@example.com");
      mail.setSubject("Order " + number);
      if (number > 10 && random.nextInt(3) == 0) {
        mail.setHeader(
            "In-Reply-To", "<" + (1 + random.nextInt(number - 1)) + "@customer.example>");
      }
      mail.setText("Where is order " + number + "? " + "x".repeat(random.nextInt(3_000)));
      mail.saveChanges();
      return mail;
    } catch (MessagingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
