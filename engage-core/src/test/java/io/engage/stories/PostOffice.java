package io.engage.stories;

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
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The mail servers of the shop and of its customers, as one GreenMail. */
final class PostOffice implements AutoCloseable {
  private final GreenMail server =
      new BounceTakingGreenMail(
          new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
          new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private PostOffice() {
    server.start();
  }

  static PostOffice start() {
    return new PostOffice();
  }

  ServerEndpoint imap() {
    return ServerEndpoint.loopback(server.getImap().getPort());
  }

  ServerEndpoint smtp() {
    return ServerEndpoint.loopback(server.getSmtp().getPort());
  }

  /** A mailbox of the shop, with a folder for sent mail. */
  void open(String user, String password) {
    GreenMailUser opened = server.setUser(user + "@shop.example", user, password);
    try {
      server.getManagers().getImapHostManager().createMailbox(opened, "Sent");
    } catch (AuthorizationException | FolderException impossible) {
      throw new IllegalStateException("A new mailbox takes a new folder", impossible);
    }
  }

  /** Puts a mail into a mailbox of the shop, byte for byte, as if it had arrived then. */
  void deliver(String user, byte[] mail, Instant at) {
    try {
      MimeMessage message = new MimeMessage((Session) null, new ByteArrayInputStream(mail));
      folder(user, "INBOX").appendMessage(message, new Flags(), Date.from(at));
    } catch (MessagingException unreadable) {
      throw new IllegalStateException("The mail server did not take a mail", unreadable);
    }
  }

  /** What lies in a folder of the shop, by Message-ID without its brackets. */
  List<String> holds(String user, String folder) {
    return messages(user, folder).map(each -> ArrivedMail.of(each.getMimeMessage()).id()).toList();
  }

  /** What lies in INBOX and was read. */
  List<String> seen(String user) {
    return messages(user, "INBOX")
        .filter(each -> each.isSet(Flags.Flag.SEEN))
        .map(each -> ArrivedMail.of(each.getMimeMessage()).id())
        .toList();
  }

  /** Somebody takes a mail out of INBOX with another mail program. */
  void expunge(String user, String id) {
    messages(user, "INBOX")
        .filter(each -> ArrivedMail.of(each.getMimeMessage()).id().equals(id))
        .forEach(each -> each.setFlag(Flags.Flag.DELETED, true));
    try {
      folder(user, "INBOX").expunge();
    } catch (FolderException impossible) {
      throw new IllegalStateException("INBOX is there", impossible);
    }
  }

  /** What lies in the mailbox of somebody outside: mail that really went through SMTP. */
  List<ArrivedMail> arrivedAt(String address) {
    return user(address).map(found -> folder(found, "INBOX").getMessages()).stream()
        .flatMap(List::stream)
        .map(each -> ArrivedMail.of(each.getMimeMessage()))
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }

  private Stream<StoredMessage> messages(String user, String folder) {
    return folder(user, folder).getNonDeletedMessages().stream();
  }

  private MailFolder folder(String user, String name) {
    return folder(
        user(user + "@shop.example")
            .orElseThrow(() -> new IllegalStateException("No mailbox '%s'".formatted(user))),
        name);
  }

  private MailFolder folder(GreenMailUser user, String name) {
    return server.getManagers().getImapHostManager().getFolder(user, name);
  }

  private Optional<GreenMailUser> user(String address) {
    return Optional.ofNullable(server.getManagers().getUserManager().getUserByEmail(address));
  }
}
