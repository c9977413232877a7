package io.engage.memory;

import io.engage.memory.InMemoryMail.Step;
import io.engage.memory.MailFolder.Mail;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Blob;
import io.engage.model.message.MailContent;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.BlobStore;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.BatchReceiver;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.spi.MailSource.SurveyReceiver;
import io.engage.spi.PortFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A session with the server in memory. After a failure it takes nothing any more. */
final class InMemoryMailSession implements MailboxSession {
  private static final int BATCH_MAILS = 100;
  private static final long BATCH_BYTES = 1L << 20;

  private final MailServer server;
  private final AccountId account;
  private final long largestMail;
  private final Map<ServerFolder, FolderState> looks = new HashMap<>();
  private volatile boolean closed;

  InMemoryMailSession(MailServer server, AccountId account, long largestMail) {
    this.server = server;
    this.account = account;
    this.largestMail = largestMail;
  }

  @Override
  public FolderState look(String folder) {
    return ask(
        Step.LOOK,
        () -> {
          FolderState state = state(place(folder));
          looks.put(state.folder(), state);
          return state;
        });
  }

  private FolderState state(ServerFolder place) {
    MailFolder found = folder(place);
    long messages = found.mails().size();
    long lastUid = messages == 0 ? 0 : found.lastUid();
    return new FolderState(
        place, found.uidValidity(), lastUid, messages, server.highestModSeq(found));
  }

  @Override
  public void fetch(FolderCursor cursor, long upToUid, BlobStore blobs, BatchReceiver receiver) {
    requireMine(cursor.folder());
    if (upToUid <= cursor.lastUid()) {
      return;
    }
    TreeMap<Long, Mail> mails = ask(Step.FETCH, () -> snapshot(cursor, upToUid));
    List<FetchedMail> batch = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<Long, Mail> mail : mails.entrySet()) {
      if (batch.size() == BATCH_MAILS || bytes >= BATCH_BYTES) {
        handOver(cursor, mail.getKey() - 1, batch, receiver);
        bytes = 0;
      }
      ServerUid uid = new ServerUid(cursor.folder(), cursor.uidValidity(), mail.getKey());
      FetchedMail fetched = fetched(uid, mail.getValue(), blobs);
      batch.add(fetched);
      bytes += fetched.source().size();
    }
    handOver(cursor, upToUid, batch, receiver);
  }

  @Override
  public void survey(FolderCursor upTo, SurveyReceiver receiver) {
    requireMine(upTo.folder());
    long from = 1;
    while (from <= upTo.lastUid()) {
      Survey survey = new Survey(upTo, from);
      receiver.accept(ask(Step.SURVEY, () -> survey.of(same(upTo), server)));
      from = survey.to() + 1;
    }
  }

  private TreeMap<Long, Mail> snapshot(FolderCursor cursor, long upToUid) {
    return new TreeMap<>(same(cursor).mails().subMap(cursor.lastUid(), false, upToUid, true));
  }

  /** The folder of the cursor, which must not have been made anew. */
  private MailFolder same(FolderCursor cursor) {
    MailFolder found = folder(cursor.folder());
    if (found.uidValidity() != cursor.uidValidity()) {
      throw MailServer.failure(Reason.PROTOCOL);
    }
    return found;
  }

  private void handOver(
      FolderCursor cursor, long upToUid, List<FetchedMail> mails, BatchReceiver receiver) {
    server.locked(
        () -> {
          requireOpen();
          return true;
        });
    receiver.accept(
        new FetchedBatch(cursor.folder(), cursor.uidValidity(), upToUid, mails, List.of()));
    mails.clear();
  }

  private FetchedMail fetched(ServerUid uid, Mail mail, BlobStore blobs) {
    byte[] whole = mail.source();
    byte[] stored = whole.length > largestMail ? header(whole) : whole;
    Blob blob = put(stored, blobs);
    MailContent content = MailContent.of(stored);
    return new FetchedMail(uid, mail.seen(), mail.receivedAt(), whole.length, blob, content);
  }

  private static Blob put(byte[] bytes, BlobStore blobs) {
    try {
      return blobs.put(new ByteArrayInputStream(bytes));
    } catch (IOException impossible) {
      throw new PortFailure("The bytes of a mail in memory cannot be read", false, impossible);
    }
  }

  private static byte[] header(byte[] mail) {
    String text = new String(mail, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? mail : Arrays.copyOf(mail, end + 4);
  }

  @Override
  public void markSeen(Collection<ServerUid> uids, boolean seen) {
    change(
        Step.MARK_SEEN,
        uids,
        (folder, uid) -> {
          folder.markSeen(uid, seen);
          return true;
        });
  }

  @Override
  public Set<ServerUid> delete(Collection<ServerUid> uids) {
    return change(Step.DELETE, uids, MailFolder::remove);
  }

  private Set<ServerUid> change(
      Step step, Collection<ServerUid> uids, BiPredicate<MailFolder, ServerUid> change) {
    uids.forEach(uid -> requireMine(uid.folder()));
    return ask(
        step,
        () -> {
          Set<ServerUid> changed = new HashSet<>();
          for (ServerUid uid : uids) {
            MailFolder folder = server.find(uid.folder());
            if (folder != null && change.test(folder, uid)) {
              changed.add(uid);
            }
          }
          return changed;
        });
  }

  @Override
  public boolean keepSent(RfcMessageId messageId, MailContent content, Instant sentAt) {
    byte[] bytes = read(content);
    return ask(
        Step.KEEP_SENT,
        () -> {
          MailFolder sent = server.find(place(MailServer.SENT));
          if (sent != null && sent.mails().values().stream().noneMatch(m -> is(m, messageId))) {
            sent.add(Mail.of(bytes, sentAt, true));
          }
          return sent != null;
        });
  }

  @Override
  public int deleteSent(RfcMessageId messageId) {
    return ask(
        Step.DELETE,
        () -> {
          MailFolder sent = server.find(place(MailServer.SENT));
          if (sent == null) {
            return 0;
          }
          List<Long> found =
              sent.mails().entrySet().stream()
                  .filter(each -> is(each.getValue(), messageId))
                  .map(Map.Entry::getKey)
                  .toList();
          found.forEach(
              uid -> sent.remove(new ServerUid(place(MailServer.SENT), sent.uidValidity(), uid)));
          return found.size();
        });
  }

  private static byte[] read(MailContent content) {
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The mail cannot be read", unreadable);
    }
  }

  private static boolean is(Mail mail, RfcMessageId id) {
    String header = new String(header(mail.source()), StandardCharsets.UTF_8);
    String line = "^message-id:\\s*" + Pattern.quote(id.bracketed());
    return Pattern.compile(line, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE)
        .matcher(header)
        .find();
  }

  @Override
  public boolean awaitNews(String folder, Duration most) {
    ServerFolder place = place(folder);
    FolderState known = ask(Step.AWAIT_NEWS, () -> looks.computeIfAbsent(place, this::state));
    return server.await(() -> closed || hasNews(known), MailServer.bounded(most)) && !closed;
  }

  private boolean hasNews(FolderState known) {
    MailFolder now = server.find(known.folder());
    return now == null
        || now.uidValidity() != known.uidValidity()
        || (now.lastUid() > known.lastUid() && !now.mails().isEmpty());
  }

  @Override
  public void close() {
    closed = true;
    server.changing(() -> true);
  }

  private MailFolder folder(ServerFolder place) {
    MailFolder found = server.find(place);
    if (found == null) {
      throw MailServer.failure(Reason.NO_FOLDER);
    }
    return found;
  }

  private ServerFolder place(String folder) {
    return new ServerFolder(account, folder);
  }

  private void requireMine(ServerFolder folder) {
    if (!folder.account().equals(account)) {
      throw new IllegalArgumentException(
          "This session is for account '%s', not '%s'".formatted(account, folder.account()));
    }
  }

  private void requireOpen() {
    if (closed) {
      throw MailServer.failure(Reason.CONNECTION_LOST);
    }
  }

  private <T> T ask(Step step, Supplier<T> work) {
    try {
      return server.changing(
          () -> {
            requireOpen();
            server.pass(step);
            return work.get();
          });
    } catch (MailAccessFailure failure) {
      closed |= failure.reason() != Reason.NO_FOLDER;
      throw failure;
    }
  }
}
