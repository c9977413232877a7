package io.engage.core;

import io.engage.core.configuring.Servers;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores and deletes mail accounts; whoever does may configure every inbox that uses them. */
final class AccountSaving {
  private final Parts parts;
  private final Permitting permitting;
  private final InboxSaving saving;
  private final AccountTrying trying;

  AccountSaving(Parts parts, Permitting permitting, InboxSaving saving, AccountTrying trying) {
    this.parts = parts;
    this.permitting = permitting;
    this.saving = saving;
    this.trying = trying;
  }

  /** Does it when it is permitted in these inboxes, and in all that use the account. */
  <T> Outcome<T> permitted(AccountId account, List<InboxId> inboxes, Supplier<Outcome<T>> act) {
    Set<InboxId> concerned = new LinkedHashSet<>(inboxes);
    usersOf(account).forEach(inbox -> concerned.add(inbox.id()));
    formerUsersOf(account).forEach(inbox -> concerned.add(inbox.id()));
    return concerned.isEmpty()
        ? permitting.everywhere(AgentAction.CONFIGURE, act)
        : permitting.inAll(AgentAction.CONFIGURE, concerned, act);
  }

  Outcome<SavedAccount> save(StoredAccount wanted, @Nullable Credential credential) {
    return permitted(wanted.account().id(), List.of(), () -> tryAndSave(wanted, credential));
  }

  Outcome<StoredAccount> delete(AccountId id) {
    return permitted(id, List.of(), () -> parts.committing().retrying(() -> deleteUnused(id)));
  }

  private Outcome<SavedAccount> tryAndSave(StoredAccount wanted, @Nullable Credential credential) {
    Optional<String> refusal = refusal(wanted);
    if (refusal.isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    AccountCheck check = trying.check(wanted.account(), credential);
    if (check.isCredentialWrong()) {
      commit(
          InboxChange.builder(),
          new AuditFact.AccountRefused(wanted.account().id(), check.refusal()));
      return new Outcome.Refused<>(check.reason());
    }
    return parts.committing().retrying(() -> commit(wanted, credential != null, check));
  }

  private Outcome<SavedAccount> commit(
      StoredAccount wanted, boolean credentialGiven, AccountCheck check) {
    Optional<String> refusal = refusal(wanted);
    if (refusal.isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    InboxChange.Builder change = InboxChange.builder();
    Optional<StoredAccount> after = saving.add(wanted, credentialGiven, change);
    if (after.isEmpty()) {
      return new Outcome.AlreadySo<>();
    }
    parts.committing().commit(change.build());
    return new Outcome.Done<>(new SavedAccount(after.get(), check));
  }

  private Optional<String> refusal(StoredAccount wanted) {
    return saving
        .refusal(wanted)
        .or(() -> Servers.lacking(wanted.account(), usersOf(wanted.account().id())));
  }

  private Outcome<StoredAccount> deleteUnused(AccountId id) {
    Optional<StoredAccount> stored = parts.accounts().findStored(id);
    if (stored.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    List<Inbox> users = usersOf(id);
    if (!users.isEmpty()) {
      return new Outcome.Refused<>(
          "Inbox '%s' uses mail account '%s'. Give it another one first."
              .formatted(users.get(0).name(), id.value()));
    }
    List<Inbox> formerUsers = formerUsersOf(id);
    if (!formerUsers.isEmpty()) {
      return new Outcome.Refused<>(
          ("Mail to earlier addresses of inbox '%s' still arrives in mail account '%s'. Take it out"
                  + " of the former accounts of that inbox first.")
              .formatted(formerUsers.get(0).name(), id.value()));
    }
    if (!parts.storage().outbox().unsettledOf(id, null, 1).isEmpty()) {
      return new Outcome.Refused<>(
          "Mail account '%s' has mail that is not sent yet. Wait until its outbox is empty."
              .formatted(id.value()));
    }
    commit(InboxChange.builder().drop(stored.get()), new AuditFact.AccountDeleted(id));
    return new Outcome.Done<>(stored.get());
  }

  private void commit(InboxChange.Builder change, AuditFact fact) {
    parts.committing().commit(change.audit(permitting.stamp(AuditSubject.NONE, fact)).build());
  }

  private List<Inbox> usersOf(AccountId account) {
    return inboxes(inbox -> inbox.account().equals(account));
  }

  private List<Inbox> formerUsersOf(AccountId account) {
    return inboxes(inbox -> inbox.settings().formerAccounts().contains(account));
  }

  private List<Inbox> inboxes(Predicate<Inbox> concerned) {
    return parts.storage().inboxes().inboxes().stream().filter(concerned).toList();
  }
}
