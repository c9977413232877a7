package io.engage.core;

import io.engage.model.mailbox.AccountId;

/**
 * What one look at a mail account brought.
 *
 * @param ran false when somebody else, here or on another node, was reading the account; then
 *     nothing was done
 * @param imported new mails
 * @param duplicates mails whose bytes were known, deleted ones included
 * @param ignored mails that no inbox took; {@link MailDesk#heldFor} shows them
 * @param quarantined mails that could not be had or read; they are kept for another try
 * @param bytes fetched
 * @param commits how many changes were stored
 */
public record SyncReport(
    AccountId account,
    boolean ran,
    int imported,
    int duplicates,
    int ignored,
    int quarantined,
    long bytes,
    int commits) {

  static SyncReport busyElsewhere(AccountId account) {
    return new SyncReport(account, false, 0, 0, 0, 0, 0, 0);
  }

  static SyncReport empty(AccountId account) {
    return new SyncReport(account, true, 0, 0, 0, 0, 0, 0);
  }

  SyncReport with(Intake.Receipt receipt) {
    return new SyncReport(
        account,
        true,
        imported + receipt.imported(),
        duplicates + receipt.duplicates(),
        ignored + receipt.ignored(),
        quarantined + receipt.quarantined(),
        bytes + receipt.bytes(),
        commits + 1);
  }
}
