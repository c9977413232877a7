package io.engage.memory;

import static java.util.Objects.requireNonNull;

import io.engage.memory.MailFolder.Mail;
import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail server in memory: what Engage fetches from and sends through when there is no real one.
 *
 * <pre>{@code
 * InMemoryMail mail = InMemoryMail.create(format, clock);
 * mail.deliver(workshop, bytes);                  // the world writes
 * mail.failNext(Step.DELETE, Reason.TIMEOUT, 2);  // and the server is moody
 * }</pre>
 *
 * <p>Every account is there once it is mentioned, with the folders INBOX and Sent; logging in never
 * fails by itself. What is sent is recorded, and delivered when the recipient lives here. Any
 * thread may use it.
 */
public final class InMemoryMail implements MailSystem {
  private final MailServer server = new MailServer();
  private final MailFormat format;
  private final Clock clock;
  private final long largestMail;

  /** What a server can be told to fail at. */
  public enum Step {
    OPEN,
    LOOK,
    FETCH,
    SURVEY,
    MARK_SEEN,
    DELETE,
    KEEP_SENT,
    AWAIT_NEWS,
    CONNECT_TO_SEND
  }

  /** A mail as it lies on the server. */
  public record StoredMail(
      ServerUid uid, boolean seen, boolean markedDeleted, Instant receivedAt, byte[] source) {
    @Override
    public String toString() {
      return "StoredMail[%s, %d bytes]".formatted(uid, source.length);
    }
  }

  private InMemoryMail(MailFormat format, Clock clock, long largestMail) {
    this.format = requireNonNull(format, "format");
    this.clock = requireNonNull(clock, "clock");
    this.largestMail = largestMail;
  }

  /** An empty server that hands over mails of any size. */
  public static InMemoryMail create(MailFormat format, Clock clock) {
    return create(format, clock, Long.MAX_VALUE);
  }

  /** An empty server; of a mail over {@code largestMail} bytes only the header is handed over. */
  public static InMemoryMail create(MailFormat format, Clock clock, long largestMail) {
    return new InMemoryMail(format, clock, largestMail);
  }

  /** The same server, which from now on does not count changes (no CONDSTORE, RFC 7162). */
  public InMemoryMail withoutModSeq() {
    server.changing(
        () -> {
          server.countNoChanges();
          return true;
        });
    return this;
  }

  @Override
  public MailSource source() {
    return account -> session(account);
  }

  private MailSource.MailboxSession session(MailAccount account) {
    return server.locked(
        () -> {
          server.pass(Step.OPEN);
          return new InMemoryMailSession(server, account.id(), largestMail);
        });
  }

  @Override
  public MailTransport transport() {
    return account ->
        server.locked(
            () -> {
              server.pass(Step.CONNECT_TO_SEND);
              return new InMemoryTransportSession(server, clock);
            });
  }

  @Override
  public MailFormat format() {
    return format;
  }

  /** Itself: no server in memory looks at a credential, or makes anybody wait. */
  @Override
  public MailSystem trying(@Nullable Credential credential) {
    return this;
  }

  /** A mail arrives in INBOX now, unread. */
  public ServerUid deliver(AccountId account, byte[] source) {
    return deliver(account, MailServer.INBOX, source);
  }

  /** A mail arrives in a folder now, unread; the folder is made if need be. */
  public ServerUid deliver(AccountId account, String folder, byte[] source) {
    Mail mail = Mail.of(source.clone(), clock.instant(), false);
    return server.changing(() -> server.create(new ServerFolder(account, folder)).add(mail));
  }

  /** Another program deletes a mail; none that is gone already. */
  public void remove(ServerUid uid) {
    server.changing(
        () -> {
          server.create(uid.folder()).remove(uid);
          return true;
        });
  }

  /** Another program marks a mail as read or unread. */
  public void markSeen(ServerUid uid, boolean seen) {
    server.changing(
        () -> {
          server.create(uid.folder()).markSeen(uid, seen);
          return true;
        });
  }

  /** Another program marks a mail {@code \Deleted} and leaves it there; it stays. */
  public void markDeleted(ServerUid uid) {
    server.changing(
        () -> {
          server.create(uid.folder()).markDeleted(uid);
          return true;
        });
  }

  /** The folder gets a new UIDVALIDITY, and its mails new UIDs from 1 on, in their old order. */
  public void renumber(AccountId account, String folder) {
    server.changing(
        () -> {
          server.renumber(new ServerFolder(account, folder));
          return true;
        });
  }

  /** The folder and its mails go. */
  public void removeFolder(AccountId account, String folder) {
    server.changing(
        () -> {
          server.drop(new ServerFolder(account, folder));
          return true;
        });
  }

  /** What lies in a folder, by UID; nothing when there is no such folder. */
  public List<StoredMail> mails(AccountId account, String folder) {
    ServerFolder place = new ServerFolder(account, folder);
    return server.locked(
        () -> Optional.ofNullable(server.find(place)).map(InMemoryMail::stored).orElse(List.of()));
  }

  private static List<StoredMail> stored(MailFolder folder) {
    List<StoredMail> stored = new ArrayList<>();
    folder
        .mails()
        .forEach(
            (uid, mail) ->
                stored.add(
                    new StoredMail(
                        folder.uid(uid),
                        mail.seen(),
                        mail.markedDeleted(),
                        mail.receivedAt(),
                        mail.source().clone())));
    return List.copyOf(stored);
  }

  /** What is sent to {@code address} arrives in the INBOX of this account. */
  public void mailbox(EmailAddress address, AccountId account) {
    server.changing(() -> Optional.ofNullable(server.mailboxes.put(address, account)));
  }

  /** The next {@code times} that it comes to this step, it fails. */
  public void failNext(Step step, Reason reason, int times) {
    server.changing(
        () -> {
          server.planFailure(step, reason, times);
          return true;
        });
  }

  /** From now on nothing is taken for this recipient. */
  public void refuse(EmailAddress recipient, SmtpReply reply) {
    server.changing(() -> Optional.ofNullable(server.refused.put(recipient, reply)));
  }

  /**
   * The next attempt to send ends so; several calls plan several attempts.
   *
   * @param arrives whether the mail is recorded and delivered nevertheless
   */
  public void answerNext(SendOutcome outcome, boolean arrives) {
    server.changing(
        () -> server.plannedAnswers.add(new MailServer.PlannedAnswer(outcome, arrives)));
  }

  /** What arrived at the server, in order, each with the recipients for whom it was taken. */
  public List<Envelope> sent() {
    return server.locked(() -> List.copyOf(server.accepted));
  }
}
