package io.engage.memory;

import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.ServerUid;
import io.engage.spi.MailSource;
import io.engage.testkit.MailSourceContract;
import java.time.Clock;
import java.util.List;

class InMemoryMailSourceTest extends MailSourceContract {
  private static final int LARGEST_MAIL = 20_000;

  private final MailAccount account =
      MailAccount.of("workshop", "workshop", ServerEndpoint.loopback(143), null);
  final InMemoryMail mail =
      InMemoryMail.create(new UnusedMailFormat(), Clock.systemUTC(), LARGEST_MAIL);

  @Override
  protected MailSource source() {
    return mail.source();
  }

  @Override
  protected MailAccount account() {
    return account;
  }

  @Override
  protected int largestMail() {
    return LARGEST_MAIL;
  }

  @Override
  protected void deliver(byte[] source) {
    mail.deliver(account.id(), source);
  }

  @Override
  protected void remove(ServerUid uid) {
    mail.remove(uid);
  }

  @Override
  protected void setSeen(ServerUid uid, boolean seen) {
    mail.markSeen(uid, seen);
  }

  @Override
  protected void markDeleted(ServerUid uid) {
    mail.markDeleted(uid);
  }

  @Override
  protected void renumber() {
    mail.renumber(account.id(), folder());
  }

  @Override
  protected void removeSentFolder() {
    mail.removeFolder(account.id(), "Sent");
  }

  @Override
  protected List<SentCopy> sentCopies() {
    return mail.mails(account.id(), "Sent").stream()
        .map(copy -> new SentCopy(copy.seen(), copy.source()))
        .toList();
  }
}
