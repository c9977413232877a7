package io.engage.core.configuring;

import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.AccountId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides through which accounts inboxes get their mail: each through its own, and through those
 * that it had before, where mail to its earlier addresses still arrives; one with a forwarding
 * address also through the account where all mail for forwarding addresses arrives.
 *
 * <p>An inbox that is switched off, or that does not receive, has nobody look for its mail, which
 * waits on the server. Where an account is read for another inbox nevertheless, its mail is taken
 * in and waits in it: what was shared cannot be left aside without losing sight of it.
 *
 * @param forwarding where mail for forwarding addresses arrives; empty when there are none
 */
public record Reception(Optional<AccountId> forwarding) {

  /** Whether mail for the inbox may arrive in the account. */
  public boolean delivers(Inbox inbox, AccountId account) {
    return inbox.account().equals(account)
        || inbox.settings().formerAccounts().contains(account)
        || (inbox.settings().forwarding() != null
            && forwarding.filter(account::equals).isPresent());
  }

  /**
   * The inboxes whose mail may arrive in an account. Those come first that wait for mail, and whose
   * own account it is: mail that names no inbox goes to the first.
   */
  public List<Inbox> inboxesOf(AccountId account, List<Inbox> all) {
    return all.stream()
        .filter(inbox -> delivers(inbox, account))
        .sorted(
            Comparator.comparing((Inbox inbox) -> !waitsForMail(inbox))
                .thenComparing(inbox -> !inbox.account().equals(account)))
        .toList();
  }

  /** The accounts in which somebody has to look for mail. */
  public Set<AccountId> decide(List<Inbox> all) {
    Set<AccountId> wanted = new LinkedHashSet<>();
    for (Inbox inbox : all) {
      if (waitsForMail(inbox)) {
        wanted.add(inbox.account());
        wanted.addAll(inbox.settings().formerAccounts());
        forwarding.filter(account -> delivers(inbox, account)).ifPresent(wanted::add);
      }
    }
    return wanted;
  }

  /** Whether every inbox of the account does without mail just now. */
  public boolean rests(AccountId account, List<Inbox> all) {
    List<Inbox> concerned = inboxesOf(account, all);
    return !concerned.isEmpty() && concerned.stream().noneMatch(Reception::waitsForMail);
  }

  private static boolean waitsForMail(Inbox inbox) {
    return inbox.settings().enabled() && inbox.settings().receiving();
  }
}
