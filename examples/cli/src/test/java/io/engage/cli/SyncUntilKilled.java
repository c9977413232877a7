package io.engage.cli;

import io.engage.core.Engage;
import io.engage.files.SegmentBlobStore;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A process of its own that imports a mailbox into a folder, and may be killed at any moment. */
final class SyncUntilKilled {
  static final AccountId ACCOUNT = AccountId.of("shop");

  private static int printed;

  private SyncUntilKilled() {}

  /** However busy the machine is, whoever kills is at most two commits late. */
  private static void awaitAnswer() {
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("Nobody listens any more");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param arguments folder, IMAP port, user, address of the store; it prints a line after each
   *     commit
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    MailAccount account =
        MailAccount.of(
            ACCOUNT.value(),
            arguments[2],
            ServerEndpoint.loopback(Integer.parseInt(arguments[1])),
            null);
    try (OpenStore store = Surviving.open(arguments[3]);
        SegmentBlobStore blobs = SegmentBlobStore.open(folder.resolve("blobs"));
        Engage engage =
            Engage.builder()
                .storage(store.storage())
                .blobs(blobs)
                .mail(
                    ImapMail.builder(
                            InMemoryCredentials.create()
                                .with(ACCOUNT, Credential.password("watch")))
                        .batches(256 * 1024, 50)
                        .largestMail(1L << 30)
                        .build())
                .customers(InMemoryCustomerDirectory.create())
                .signingKeys(Secret.of("the same key in every life"))
                .account(account)
                .inbox(Inbox.of("shop", "Shop", "shop@example.com", ACCOUNT))
                .build()) {
      engage
          .mail()
          .sync(
              ACCOUNT,
              progress -> {
                System.out.println(progress.done());
                System.out.flush();
                if (arguments.length > 4 && printed++ > 0) {
                  awaitAnswer();
                }
              });
    }
    System.out.println("end");
  }
}
