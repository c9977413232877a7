package io.engage.core;

import io.engage.core.AccountCheck.Finding;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.spi.PortFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Tries both servers of an account at the same time, with the patience of whoever waits for it. */
final class AccountTrying {
  private final Parts parts;
  private final Executor executor;

  AccountTrying(Parts parts, Executor executor) {
    this.parts = parts;
    this.executor = executor;
  }

  /**
   * @param credential null for what the host has for the account
   */
  AccountCheck check(MailAccount account, @Nullable Credential credential) {
    AccountTrial trial = new AccountTrial(parts.mail().trying(credential));
    FutureTask<List<Finding>> imap = new FutureTask<>(() -> trial.imap(account));
    begin(imap);
    List<Finding> smtp = trial.smtp(account);
    List<Finding> all = new ArrayList<>(result(imap, account));
    all.addAll(smtp);
    return new AccountCheck(all);
  }

  private void begin(FutureTask<List<Finding>> task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException noThreadToSpare) {
      task.run();
    }
  }

  /** What no thread has begun yet is done by whoever waits for it. */
  private static List<Finding> result(FutureTask<List<Finding>> task, MailAccount account) {
    task.run();
    try {
      return task.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new PortFailure(
          "Mail account '%s' could not be tried to the end. Try it again."
              .formatted(account.id().value()),
          true);
    } catch (ExecutionException broken) {
      throw new IllegalStateException("Trying a mail account broke off", broken.getCause());
    }
  }
}
