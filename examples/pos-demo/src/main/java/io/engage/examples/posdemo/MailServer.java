package io.engage.examples.posdemo;

import com.icegreen.greenmail.imap.AuthorizationException;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.engage.model.inbox.ServerEndpoint;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Plays the rest of the world: a mail server on free ports of this machine. */
final class MailServer implements AutoCloseable {
  private final GreenMail server;

  private MailServer(GreenMail server) {
    this.server = server;
  }

  static MailServer start() {
    GreenMail server =
        new BounceTakingGreenMail(
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    return new MailServer(server);
  }

  ServerEndpoint imap() {
    return ServerEndpoint.loopback(server.getImap().getPort());
  }

  ServerEndpoint smtp() {
    return ServerEndpoint.loopback(server.getSmtp().getPort());
  }

  /** A mailbox with a folder for sent mail, as shops have them. */
  void open(String user, String password) {
    GreenMailUser opened = server.setUser(user + "@ridgeway.example", user, password);
    try {
      server.getManagers().getImapHostManager().createMailbox(opened, "Sent");
    } catch (AuthorizationException | FolderException impossible) {
      throw new IllegalStateException("A new mailbox takes a new folder", impossible);
    }
  }

  /** Puts a mail into a mailbox, byte for byte, as if it had arrived then. */
  void deliver(String user, byte[] mail, Instant at) {
    try {
      MimeMessage message = new MimeMessage((Session) null, new ByteArrayInputStream(mail));
      folder(user, "INBOX").appendMessage(message, new Flags(), Date.from(at));
    } catch (MessagingException unreadable) {
      throw new IllegalStateException("The mail server did not take a mail", unreadable);
    }
  }

  int count(String user) {
    return folder(user, "INBOX").getMessageCount();
  }

  boolean holds(String user, String folder, String messageId) {
    return find(user, folder, messageId).isPresent();
  }

  boolean isSeen(String user, String messageId) {
    return find(user, "INBOX", messageId)
        .filter(message -> message.isSet(Flags.Flag.SEEN))
        .isPresent();
  }

  /** What lies in the mailbox of a customer: mail that really went through SMTP. */
  List<ArrivedMail> arrivedAt(String address) {
    return user(address).map(found -> folder(found, "INBOX").getMessages()).stream()
        .flatMap(List::stream)
        .map(StoredMessage::getMimeMessage)
        .map(MailServer::read)
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static ArrivedMail read(MimeMessage mail) {
    try {
      return new ArrivedMail(
          header(mail, "From"),
          header(mail, "To"),
          header(mail, "Cc"),
          header(mail, "Subject"),
          new ArrivedMail.Thread(
              header(mail, "Message-ID"), header(mail, "In-Reply-To"), header(mail, "References")),
          String.valueOf(mail.getContent()));
    } catch (MessagingException | IOException unreadable) {
      throw new IllegalStateException("A mail that was sent cannot be read", unreadable);
    }
  }

  private static String header(MimeMessage mail, String name) throws MessagingException {
    String value = mail.getHeader(name, ", ");
    return value == null ? "" : value.replaceAll("\\s+", " ");
  }

  private Optional<StoredMessage> find(String user, String folder, String messageId) {
    return folder(user, folder).getNonDeletedMessages().stream()
        .filter(message -> hasId(message.getMimeMessage(), messageId))
        .findFirst();
  }

  private static boolean hasId(MimeMessage mail, String messageId) {
    try {
      return header(mail, "Message-ID").equals('<' + messageId + '>');
    } catch (MessagingException unreadable) {
      return false;
    }
  }

  private MailFolder folder(String user, String name) {
    return folder(
        user(user + "@ridgeway.example")
            .orElseThrow(() -> new IllegalStateException("No mailbox '%s'".formatted(user))),
        name);
  }

  private MailFolder folder(GreenMailUser user, String name) {
    return server.getManagers().getImapHostManager().getFolder(user, name);
  }

  private Optional<GreenMailUser> user(String address) {
    return Optional.ofNullable(server.getUserManager().getUserByEmail(address));
  }
}
