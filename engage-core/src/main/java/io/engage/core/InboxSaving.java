package io.engage.core;

import io.engage.core.configuring.Cautions;
import io.engage.core.configuring.Configuring;
import io.engage.core.configuring.Differences;
import io.engage.core.configuring.ForwardingAddresses;
import io.engage.core.configuring.Known;
import io.engage.core.configuring.MailboxIdentity;
import io.engage.core.configuring.References;
import io.engage.core.configuring.Servers;
import io.engage.core.configuring.Verdict;
import io.engage.core.templating.Checking;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores inboxes as administrators want them: what the room decides is tried on the real servers
 * where they come into use, decided once more on what is stored by then, and committed.
 */
final class InboxSaving {
  private final Parts parts;
  private final Permitting permitting;
  private final AccountTrying trying;
  private final Configuring configuring = new Configuring();
  private final Checking checking = new Checking();

  InboxSaving(Parts parts, Permitting permitting, AccountTrying trying) {
    this.parts = parts;
    this.permitting = permitting;
    this.trying = trying;
  }

  /**
   * @param account to be stored with it; null when it is there already
   * @param credential to try the account with; null for what the host has
   */
  Outcome<SavedInbox> save(
      Inbox wanted, @Nullable StoredAccount account, @Nullable Credential credential) {
    Optional<String> refusal = refusal(wanted, account);
    if (refusal.isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    Verdict verdict = configuring.decide(wanted, known(List.of(wanted), account));
    if (!(verdict instanceof Verdict.Changed) && account == null) {
      return outcome(verdict);
    }
    if (verdict instanceof Verdict.Refused refused) {
      return new Outcome.Refused<>(refused.reason());
    }
    AccountCheck check = null;
    if (account != null || (verdict instanceof Verdict.Changed change && change.isToBeTried())) {
      check = trying.check(tried(wanted, account), credential);
      if (check.isCredentialWrong()) {
        return refuse(wanted, check);
      }
    }
    AccountCheck shown = check;
    return parts.committing().retrying(() -> commit(wanted, account, credential != null, shown));
  }

  /**
   * Changes some inboxes in the same way, all in one commit, and answers for each. Those that come
   * into use by it are tried before.
   */
  Map<InboxId, Outcome<Inbox>> change(Collection<InboxId> ids, UnaryOperator<Inbox> change) {
    Set<InboxId> wanted = new LinkedHashSet<>(ids);
    Map<InboxId, String> refusals =
        new HashMap<>(permitting.refusals(AgentAction.CONFIGURE, wanted));
    refusals.putAll(refusedByServers(changed(wanted, refusals, change)));
    return parts.committing().retrying(() -> changeOnce(wanted, refusals, change));
  }

  /** Those that come into use although their servers refuse us; each account is tried once. */
  private Map<InboxId, String> refusedByServers(List<Inbox> wanted) {
    Known known = known(wanted, null);
    Map<MailAccount, AccountCheck> checks = new HashMap<>();
    Map<InboxId, String> refused = new HashMap<>();
    for (Inbox inbox : wanted) {
      if (configuring.decide(inbox, known) instanceof Verdict.Changed change
          && change.isToBeTried()) {
        AccountCheck check =
            checks.computeIfAbsent(tried(inbox, null), it -> trying.check(it, null));
        if (check.isCredentialWrong()) {
          refuse(inbox, check);
          refused.put(inbox.id(), check.reason());
        }
      }
    }
    return refused;
  }

  private List<Inbox> changed(
      Set<InboxId> ids, Map<InboxId, String> refusals, UnaryOperator<Inbox> change) {
    Map<InboxId, Inbox> stored =
        parts.storage().inboxes().inboxes().stream()
            .collect(Collectors.toMap(Inbox::id, Function.identity()));
    return ids.stream()
        .filter(id -> stored.containsKey(id) && !refusals.containsKey(id))
        .map(id -> change.apply(stored.get(id)))
        .toList();
  }

  private Map<InboxId, Outcome<Inbox>> changeOnce(
      Set<InboxId> ids, Map<InboxId, String> refusals, UnaryOperator<Inbox> change) {
    List<Inbox> changed = changed(ids, refusals, change);
    Known known = known(changed, null);
    InboxChange.Builder commit = InboxChange.builder();
    Map<InboxId, Outcome<Inbox>> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, refused(refusals.get(id))));
    changed.forEach(
        inbox -> outcomes.put(inbox.id(), add(configuring.decide(inbox, known), commit)));
    if (outcomes.values().stream().anyMatch(Outcome::isDone)) {
      parts.committing().commit(commit.build());
    }
    return outcomes;
  }

  private static Outcome<Inbox> refused(@Nullable String reason) {
    return reason == null ? new Outcome.Unknown<>() : new Outcome.Refused<>(reason);
  }

  private Optional<String> refusal(Inbox wanted, @Nullable StoredAccount account) {
    return account == null
        ? Optional.empty()
        : refusal(account)
            .or(() -> Servers.lacking(account.account(), othersOn(account, wanted.id())));
  }

  private List<Inbox> othersOn(StoredAccount account, InboxId id) {
    return parts.storage().inboxes().inboxes().stream()
        .filter(inbox -> inbox.account().equals(account.account().id()) && !inbox.id().equals(id))
        .toList();
  }

  private Outcome<SavedInbox> commit(
      Inbox wanted,
      @Nullable StoredAccount account,
      boolean credentialGiven,
      @Nullable AccountCheck check) {
    Optional<String> refusal = refusal(wanted, account);
    if (refusal.isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    Verdict verdict = configuring.decide(wanted, known(List.of(wanted), account));
    if (verdict instanceof Verdict.Refused refused) {
      return new Outcome.Refused<>(refused.reason());
    }
    InboxChange.Builder change = InboxChange.builder();
    boolean accountChanges = account != null && add(account, credentialGiven, change).isPresent();
    Outcome<Inbox> inbox = add(verdict, change);
    if (!inbox.isDone() && !accountChanges) {
      return new Outcome.AlreadySo<>();
    }
    parts.committing().commit(change.build());
    Inbox saved = inbox.findValue().orElse(wanted);
    return new Outcome.Done<>(new SavedInbox(saved, check, Cautions.decide(saved, host())));
  }

  private Cautions.Host host() {
    return new Cautions.Host(parts.links().publicUrl() != null, parts.verifiesSenders());
  }

  private Outcome<Inbox> add(Verdict verdict, InboxChange.Builder to) {
    if (verdict instanceof Verdict.Changed changed) {
      to.inbox(changed.inbox());
      new TurnKeeping(parts.storage()).after(changed.inbox()).ifPresent(to::document);
      for (AuditFact fact : changed.facts()) {
        to.audit(permitting.stamp(AuditSubject.of(changed.inbox().id()), fact));
      }
      return new Outcome.Done<>(changed.inbox().withVersion(changed.inbox().version() + 1));
    }
    return outcome(verdict);
  }

  /**
   * Adds what about an account is to be stored or recorded. A credential is kept by the host: that
   * it was changed is all that is recorded of it.
   *
   * @param credentialGiven whether one was, and was not refused
   * @return the account as it is afterwards; empty when there is nothing to commit
   */
  Optional<StoredAccount> add(
      StoredAccount wanted, boolean credentialGiven, InboxChange.Builder to) {
    Optional<StoredAccount> before = parts.accounts().findStored(wanted.account().id());
    List<String> changed =
        before.map(each -> Differences.between(each.account(), wanted.account())).orElse(List.of());
    boolean isStored = before.isEmpty() || !changed.isEmpty();
    if (!isStored && !credentialGiven) {
      return Optional.empty();
    }
    List<String> named = new ArrayList<>(changed);
    if (credentialGiven && before.isPresent()) {
      named.add("credential");
    }
    to.audit(
        permitting.stamp(
            AuditSubject.NONE, new AuditFact.AccountConfigured(wanted.account().id(), named)));
    if (!isStored) {
      return Optional.of(wanted);
    }
    to.document(wanted);
    return Optional.of(wanted.withVersion(wanted.version() + 1));
  }

  /** Why an account may not be stored; empty when it may. */
  Optional<String> refusal(StoredAccount wanted) {
    AccountId id = wanted.account().id();
    if (parts.accounts().isGiven(id)) {
      return Optional.of(
          "Mail account '%s' is given by the program, so it is changed there"
              .formatted(id.value()));
    }
    long stored = parts.accounts().findStored(id).map(StoredAccount::version).orElse(0L);
    return stored == wanted.version()
        ? MailboxIdentity.refusal(wanted.account(), new Mailboxes(parts).find(id))
        : Optional.of(
            stored == 0
                ? "There is no mail account '%s' any more".formatted(id.value())
                : "Mail account '%s' was changed by somebody else in the meantime, or exists already. Load it again."
                    .formatted(id.value()));
  }

  private Outcome<SavedInbox> refuse(Inbox wanted, AccountCheck check) {
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .audit(
                    permitting.stamp(
                        AuditSubject.of(wanted.id()),
                        new AuditFact.AccountRefused(wanted.account(), check.refusal())))
                .build());
    return new Outcome.Refused<>(check.reason());
  }

  /** An inbox that does not receive needs nobody to look for mail. */
  private MailAccount tried(Inbox wanted, @Nullable StoredAccount account) {
    MailAccount all = account == null ? parts.account(wanted.account()) : account.account();
    return wanted.settings().receiving() || all.smtp() == null
        ? all
        : new MailAccount(all.id(), all.user(), null, all.smtp(), all.folders(), all.sentCopies());
  }

  private static <T> Outcome<T> outcome(Verdict verdict) {
    return verdict instanceof Verdict.Refused refused
        ? new Outcome.Refused<>(refused.reason())
        : new Outcome.AlreadySo<>();
  }

  /** What is known about these inboxes, the account being as it shall be. */
  private Known known(List<Inbox> wanted, @Nullable StoredAccount account) {
    Map<AccountId, MailAccount> accounts = new HashMap<>();
    for (Inbox inbox : wanted) {
      parts.accounts().find(inbox.account()).ifPresent(it -> accounts.put(it.id(), it));
    }
    if (account != null) {
      accounts.put(account.account().id(), account.account());
    }
    Map<TemplateId, Template> templates =
        templates(wanted.stream().flatMap(inbox -> References.templates(inbox).stream()).toList());
    return new Known(
        parts.storage().inboxes().inboxes(),
        accounts,
        templates,
        notByItself(templates.values()),
        wanted.stream().findFirst().flatMap(this::forwarding));
  }

  private Optional<EmailAddress> forwarding(Inbox inbox) {
    return parts
        .accounts()
        .forwarding()
        .map(it -> ForwardingAddresses.decide(inbox.name(), it.domain(), parts.ids().next()));
  }

  private Map<TemplateId, String> notByItself(Collection<Template> templates) {
    Map<TemplateId, String> reasons = new HashMap<>();
    templates.forEach(
        each ->
            checking
                .decide(each, Template.Purpose.CONFIRMATION)
                .ifPresent(reason -> reasons.put(each.id(), reason)));
    return reasons;
  }

  private Map<TemplateId, Template> templates(List<TemplateId> ids) {
    Map<TemplateId, Template> found = new HashMap<>();
    parts
        .storage()
        .documents()
        .find(new ArrayList<>(ids.stream().map(Template::keyOf).distinct().toList()))
        .forEach(
            document -> {
              if (document instanceof Template template) {
                found.put(template.id(), template);
              }
            });
    return found;
  }
}
