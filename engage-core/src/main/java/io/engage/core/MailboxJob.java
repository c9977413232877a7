package io.engage.core;

import io.engage.model.inbox.MailAccount;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Watches one mailbox for as long as it may. */
final class MailboxJob implements Job {
  private final MailAccount account;
  private final Function<MailAccount, MailWatch> newWatch;
  private final MailDesk desk;
  private final Clock clock;

  MailboxJob(
      MailAccount account, Function<MailAccount, MailWatch> newWatch, MailDesk desk, Clock clock) {
    this.account = account;
    this.newWatch = newWatch;
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "mailbox:" + account.id().value();
  }

  @Override
  public Instant run(Stop stop) {
    MailWatch watch = newWatch.apply(account).expected();
    stop.whenItComes(watch::retire);
    watch.run();
    return clock.instant();
  }

  @Override
  public void free() {
    desk.free(account);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MailboxJob job && job.account.equals(account);
  }

  @Override
  public int hashCode() {
    return account.hashCode();
  }
}
