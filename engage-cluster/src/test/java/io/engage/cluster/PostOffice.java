package io.engage.cluster;

import io.engage.model.mailbox.AccountId;
import io.engage.testkit.peers.Dovecot;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * The mailboxes of a shop and of its workshop: to each, customers write the same number of mails.
 */
final class PostOffice implements AutoCloseable {
  /** Each customer asks a question, and adds something to it. */
  static final int IN_A_CONVERSATION = 2;

  private final Dovecot dovecot;
  private final Session session;
  private final List<Store> mailboxes;
  private int delivered;

  private PostOffice(Dovecot dovecot) throws MessagingException {
    this.dovecot = dovecot;
    Properties properties = new Properties();
    properties.setProperty("mail.imap.timeout", "60000");
    this.session = Session.getInstance(properties);
    this.mailboxes = List.of(open(DialingNode.SHOP), open(DialingNode.WORKSHOP));
  }

  static PostOffice start() throws MessagingException {
    return new PostOffice(Dovecot.start());
  }

  private Store open(AccountId account) throws MessagingException {
    Store store = session.getStore("imap");
    store.connect("127.0.0.1", dovecot.port(), account.value(), Dovecot.PASSWORD);
    return store;
  }

  /** Where IMAP is spoken. */
  int port() {
    return dovecot.port();
  }

  /** How many mails lie in each mailbox. */
  int delivered() {
    return delivered;
  }

  /** So many more for each mailbox. */
  void deliver(int mails) throws MessagingException {
    for (Store mailbox : mailboxes) {
      Folder inbox = mailbox.getFolder("INBOX");
      String user = mailbox.getURLName().getUsername();
      for (int i = 0; i < mails; i++) {
        inbox.appendMessages(new Message[] {mail(user, delivered + i)});
      }
    }
    delivered += mails;
  }

  /** What lies in a mailbox. */
  List<String> messageIds(AccountId account) {
    return IntStream.range(0, delivered).mapToObj(i -> messageId(account.value(), i)).toList();
  }

  private static String messageId(String user, int number) {
    return "%s.%d@customer.example".formatted(user, number);
  }

  private MimeMessage mail(String user, int number) throws MessagingException {
    int question = number - number % IN_A_CONVERSATION;
    String text =
        """
        From: Customer %2$d <customer%2$d@customer.example>
        To: %1$s@shop.example
        Subject: Bike no. %2$d
        Message-ID: <%3$s>
        %4$s
        Is it ready? This is mail no. %5$d.
        """
            .formatted(
                user.equals("shop") ? "hello" : user,
                question,
                messageId(user, number),
                number == question
                    ? ""
                    : "In-Reply-To: <%s>\n".formatted(messageId(user, question)),
                number);
    return new MimeMessage(
        session,
        new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() throws MessagingException {
    try (dovecot) {
      for (Store mailbox : mailboxes) {
        mailbox.close();
      }
    }
  }
}
