package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.configuring.ForwardingAddresses;
import io.engage.core.configuring.Membership;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.rule.RuleSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an administrator sets up inboxes, their mail accounts, members, templates and quick
 * replies. Each action is permitted by the host's {@link io.engage.spi.Permissions} before, and
 * committed with its audit entry when the method returns. Every node follows within seconds.
 *
 * <p>Nobody overwrites somebody else: an inbox or account carries the version that it was read
 * with, and is refused when it was changed since.
 *
 * <p>Passwords and tokens are only tried here, and that they were changed is recorded. The host
 * keeps them, after this desk has answered that it is done, and gives them by its {@link
 * io.engage.spi.Credentials}.
 *
 * <p>Thread-safe.
 */
public final class SetupDesk {
  private final Parts parts;
  private final Permitting permitting;
  private final AccountTrying trying;
  private final InboxSaving saving;
  private final InboxDeletion deletion;
  private final AccountSaving accountSaving;

  SetupDesk(Agent agent, Parts parts, Executor executor) {
    this.parts = parts;
    this.permitting = new Permitting(requireNonNull(agent, "agent"), parts);
    this.trying = new AccountTrying(parts, executor);
    this.saving = new InboxSaving(parts, permitting, trying);
    this.deletion = new InboxDeletion(parts, permitting);
    this.accountSaving = new AccountSaving(parts, permitting, saving, trying);
  }

  /** Templates that agents and automatic answers use. */
  public TemplateDesk templates() {
    return new TemplateDesk(parts, permitting);
  }

  /** Short answers to choose instead of writing them. */
  public QuickReplyDesk quickReplies() {
    return new QuickReplyDesk(parts, permitting);
  }

  /**
   * The mail accounts of the inboxes that the agent may configure, and those that no inbox uses:
   * those of the program first, with version 0, which cannot be changed here.
   *
   * @return none when the agent may configure no inbox, or there is none to ask the host about
   */
  public List<StoredAccount> accounts() {
    Set<InboxId> configured = permitting.permitted(AgentAction.CONFIGURE);
    return configured.isEmpty() ? List.of() : accountsBeside(configured);
  }

  private List<StoredAccount> accountsBeside(Set<InboxId> configured) {
    List<Inbox> inboxes = parts.storage().inboxes().inboxes();
    Set<AccountId> theirs =
        inboxes.stream()
            .filter(each -> configured.contains(each.id()))
            .map(Inbox::account)
            .collect(Collectors.toSet());
    Set<AccountId> used = inboxes.stream().map(Inbox::account).collect(Collectors.toSet());
    return parts.accounts().all().stream()
        .filter(each -> theirs.contains(each.account().id()) || !used.contains(each.account().id()))
        .toList();
  }

  /**
   * Tries the servers of an account, both at the same time, within half a minute or so. Nothing is
   * kept, sent or changed.
   *
   * @param inbox the inbox for which it shall be, new or not: who may configure that may try
   * @param credential what to log in with; null for what the host has for the account
   */
  public Outcome<AccountCheck> check(
      InboxId inbox, MailAccount account, @Nullable Credential credential) {
    requireNonNull(account, "account");
    return configuring(inbox, () -> new Outcome.Done<>(trying.check(account, credential)));
  }

  /**
   * Creates an inbox (version 0) or changes one. Its servers are tried before where that matters:
   * for a new one, for another account, when it is switched on. Where the host has a domain for
   * forwarding addresses a new one gets such an address, and an account that only sends is enough
   * for it. A wrong password or token refuses it; whatever else is red is told and can be seen to
   * afterwards, since a server that cannot be reached now says nothing about the settings.
   *
   * @return refused too when somebody else changed it in the meantime
   */
  public Outcome<SavedInbox> saveInbox(Inbox wanted) {
    return configuring(wanted.id(), () -> saving.save(wanted, null, null));
  }

  /**
   * Saves an inbox and its account together: both or neither, as {@link #saveInbox(Inbox)} does.
   *
   * @param account with the version that it was read with, 0 for a new one
   * @param credential what to try it with; null for what the host has for the account
   */
  public Outcome<SavedInbox> saveInbox(
      Inbox wanted, StoredAccount account, @Nullable Credential credential) {
    requireNonNull(account, "account");
    if (!wanted.account().equals(account.account().id())) {
      throw new IllegalArgumentException(
          "Inbox '%s' uses mail account '%s', not '%s'. Save it with its own."
              .formatted(
                  wanted.id().value(), wanted.account().value(), account.account().id().value()));
    }
    return accountSaving.permitted(
        account.account().id(),
        List.of(wanted.id()),
        () -> saving.save(wanted, account, credential));
  }

  /**
   * Changes an account for all inboxes that use it. It is tried before; a wrong password or token
   * refuses it. User and IMAP server stay as they are once mail was imported: an account stands for
   * one mailbox, and for another one a new account is made and given to the inbox.
   *
   * @param credential what to try it with; null for what the host has for the account. With one
   *     that is not refused this is done even when nothing else changes.
   */
  public Outcome<SavedAccount> saveAccount(StoredAccount wanted, @Nullable Credential credential) {
    return accountSaving.save(requireNonNull(wanted, "wanted"), credential);
  }

  /**
   * Deletes an account that no inbox uses any more, and none among its {@link
   * io.engage.model.inbox.InboxSettings#formerAccounts}: until it is taken out of those, mail to
   * earlier addresses is looked for in it.
   */
  public Outcome<StoredAccount> deleteAccount(AccountId account) {
    return accountSaving.delete(requireNonNull(account, "account"));
  }

  /**
   * Switches inboxes on or off. One that is off keeps everything, and sends and fetches nothing.
   * Servers of those that are switched on are tried before, each account once; a wrong password or
   * token refuses the inbox.
   */
  public Map<InboxId, Outcome<Inbox>> setEnabled(Collection<InboxId> inboxes, boolean enabled) {
    return change(inboxes, settings -> settings.change().enabled(enabled).build());
  }

  /**
   * Says whether inboxes receive mail. One that does not can still send. Servers of those that
   * receive from now on are tried as {@link #setEnabled} does.
   */
  public Map<InboxId, Outcome<Inbox>> setReceiving(Collection<InboxId> inboxes, boolean receiving) {
    return change(inboxes, settings -> settings.change().receiving(receiving).build());
  }

  /**
   * Adds agents to inboxes, behind those who are there; who is there already keeps the place and
   * gets the penalty.
   */
  public Map<InboxId, Outcome<Inbox>> addMembers(
      Collection<InboxId> inboxes, List<Member> members) {
    List<Member> added = List.copyOf(members);
    return saving.change(inboxes, inbox -> Membership.with(inbox, added));
  }

  /** Removes agents from inboxes. What is assigned to them stays theirs. */
  public Map<InboxId, Outcome<Inbox>> removeMembers(
      Collection<InboxId> inboxes, Collection<AgentId> members) {
    List<AgentId> removed = List.copyOf(members);
    return saving.change(inboxes, inbox -> Membership.without(inbox, removed));
  }

  /**
   * Replaces the rules of an inbox.
   *
   * @param version of the inbox with which its rules were read
   */
  public Outcome<SavedInbox> saveRules(InboxId inbox, long version, RuleSet rules) {
    requireNonNull(rules, "rules");
    return configuring(
        inbox,
        () ->
            find(inbox)
                .map(
                    found ->
                        saving.save(
                            found
                                .withSettings(found.settings().change().rules(rules).build())
                                .withVersion(version),
                            null,
                            null))
                .orElseGet(Outcome.Unknown::new));
  }

  /**
   * Gives an inbox a forwarding address of the host's own domain, which nobody can guess; a mailbox
   * elsewhere then forwards to it. One that it had before keeps leading to it.
   *
   * @return refused when the host has no domain for that, see {@link Engage.Builder}
   */
  public Outcome<Inbox> giveForwardingAddress(InboxId inbox) {
    return configuring(
        inbox,
        () ->
            parts
                .accounts()
                .forwarding()
                .<Outcome<Inbox>>map(it -> giveForwardingAddress(inbox, it.domain()))
                .orElseGet(
                    () ->
                        new Outcome.Refused<>(
                            "There is no domain for forwarding addresses. The program names one"
                                + " when it starts.")));
  }

  /**
   * Deletes an inbox. Its conversations, with everything in them, go to {@code heir}, which also
   * gets all its addresses, so that mail to them still arrives; nothing of what customers wrote
   * goes with an inbox. Its campaigns go there too; those that ran are stopped until an agent
   * resumes them. Whoever wants it only out of the way switches it off.
   *
   * @return the heir
   */
  public Outcome<Inbox> deleteInbox(InboxId inbox, InboxId heir) {
    return permitting.inAll(
        AgentAction.CONFIGURE, List.of(inbox, heir), () -> deletion.delete(inbox, heir));
  }

  private Outcome<Inbox> giveForwardingAddress(InboxId id, String domain) {
    return parts
        .committing()
        .retrying(
            () -> {
              Optional<Inbox> found = find(id);
              if (found.isEmpty()) {
                return new Outcome.Unknown<>();
              }
              EmailAddress address =
                  ForwardingAddresses.decide(found.get().name(), domain, parts.ids().next());
              Inbox next =
                  found
                      .get()
                      .withSettings(found.get().settings().change().forwarding(address).build());
              parts
                  .committing()
                  .commit(
                      InboxChange.builder()
                          .inbox(next)
                          .audit(
                              permitting.stamp(
                                  AuditSubject.of(id),
                                  new AuditFact.InboxConfigured(
                                      next.name(), List.of("forwarding address"))))
                          .build());
              return new Outcome.Done<>(next.withVersion(next.version() + 1));
            });
  }

  private Map<InboxId, Outcome<Inbox>> change(
      Collection<InboxId> inboxes, UnaryOperator<InboxSettings> change) {
    return saving.change(inboxes, inbox -> inbox.withSettings(change.apply(inbox.settings())));
  }

  private Optional<Inbox> find(InboxId id) {
    return parts.storage().inboxes().inboxes(List.of(id)).stream().findFirst();
  }

  private <T> Outcome<T> configuring(InboxId inbox, Supplier<Outcome<T>> act) {
    return permitting.inAll(AgentAction.CONFIGURE, List.of(inbox), act);
  }
}
