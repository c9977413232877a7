package io.engage.core.configuring;

import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.mailbox.AccountId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an inbox may be as an administrator wants it. Addresses that it ever had stay its
 * own, and mail to them is looked for in the account that it had before; what nobody may set by
 * hand has to stay as it is.
 */
public final class Configuring {

  /**
   * @param wanted with the version that it was read with: 0 for a new one
   */
  public Verdict decide(Inbox wanted, Known known) {
    Inbox before = known.inbox(wanted.id()).orElse(null);
    Inbox after =
        before == null
            ? withForwarding(wanted, known)
            : withAllAccounts(withAllAddresses(wanted, before), before);
    Optional<String> refusal =
        outdated(before, wanted)
            .or(() -> RuleDepth.refusal(wanted.settings().rules()))
            .or(() -> setByHand(before, wanted))
            .or(() -> refusal(before, after, known));
    if (refusal.isPresent()) {
      return new Verdict.Refused(refusal.get());
    }
    if (after.equals(before)) {
      return new Verdict.AlreadySo();
    }
    return new Verdict.Changed(after, facts(before, after), comesIntoUse(before, after));
  }

  /** A mailbox elsewhere can forward to it from the start, so no other server is needed. */
  private static Inbox withForwarding(Inbox wanted, Known known) {
    return known
        .forwarding()
        .filter(address -> wanted.settings().forwarding() == null)
        .map(address -> wanted.settings().change().forwarding(address).build())
        .map(wanted::withSettings)
        .orElse(wanted);
  }

  private static Inbox withAllAddresses(Inbox wanted, Inbox before) {
    Set<EmailAddress> all = new LinkedHashSet<>(before.addresses());
    all.addAll(wanted.addresses());
    return new Inbox(
        wanted.id(),
        wanted.name(),
        wanted.sender(),
        all.equals(before.addresses()) ? before.addresses() : all,
        wanted.account(),
        wanted.settings(),
        wanted.version());
  }

  /** Whoever wants no more mail from an earlier account takes it out of those. */
  private static Inbox withAllAccounts(Inbox wanted, Inbox before) {
    Set<AccountId> former = new LinkedHashSet<>(wanted.settings().formerAccounts());
    if (!before.account().equals(wanted.account())) {
      former.add(before.account());
    }
    former.remove(wanted.account());
    return former.equals(wanted.settings().formerAccounts())
        ? wanted
        : wanted.withSettings(wanted.settings().change().formerAccounts(former).build());
  }

  private static Optional<String> refusal(@Nullable Inbox before, Inbox after, Known known) {
    return Stream.<Supplier<Optional<String>>>of(
            () -> nameTaken(after, known),
            () -> addressTaken(before, after, known),
            () -> serverMissing(after, known),
            () -> References.missing(after, known))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> outdated(@Nullable Inbox before, Inbox after) {
    if (before == null) {
      return when(after.version() > 0, "There is no inbox '%s' any more".formatted(after.name()));
    }
    if (after.version() == 0) {
      return Optional.of("There is an inbox '%s' already".formatted(after.id().value()));
    }
    return when(
        after.version() != before.version(),
        "Inbox '%s' was changed by somebody else in the meantime. Load it again and repeat what you changed."
            .formatted(before.name()));
  }

  private static Optional<String> setByHand(@Nullable Inbox before, Inbox after) {
    InboxSettings was = before == null ? InboxSettings.usual() : before.settings();
    if (!Objects.equals(was.forwarding(), after.settings().forwarding())) {
      return Optional.of("A forwarding address is made by Engage; ask for one");
    }
    if (!hadBefore(before).containsAll(after.settings().formerAccounts())) {
      return Optional.of("Which accounts an inbox had before is kept by Engage; none can be added");
    }
    return when(
        !Objects.equals(was.sms(), after.settings().sms()),
        "The SMS number of an inbox is set up and enabled with its SMS settings");
  }

  private static Set<AccountId> hadBefore(@Nullable Inbox before) {
    Set<AccountId> had = new LinkedHashSet<>();
    if (before != null) {
      had.add(before.account());
      had.addAll(before.settings().formerAccounts());
    }
    return had;
  }

  private static Optional<String> nameTaken(Inbox after, Known known) {
    return when(
        known.othersThan(after.id()).stream()
            .anyMatch(other -> other.name().equalsIgnoreCase(after.name())),
        "There is another inbox with the name '%s'".formatted(after.name()));
  }

  /** What two inboxes share from earlier is left to them; nothing new may be shared. */
  private static Optional<String> addressTaken(@Nullable Inbox before, Inbox after, Known known) {
    Set<EmailAddress> fresh = new LinkedHashSet<>(after.addresses());
    if (before != null) {
      fresh.removeAll(before.addresses());
    }
    for (Inbox other : known.othersThan(after.id())) {
      for (EmailAddress address : fresh) {
        if (other.addresses().stream().anyMatch(own -> isSame(own, address))) {
          return Optional.of(
              "Address '%s' belongs to inbox '%s'".formatted(address.value(), other.name()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(EmailAddress one, EmailAddress other) {
    return one.value().equalsIgnoreCase(other.value());
  }

  private static Optional<String> serverMissing(Inbox after, Known known) {
    MailAccount account = known.accounts().get(after.account());
    if (account == null) {
      return Optional.of("There is no mail account '%s'".formatted(after.account().value()));
    }
    return Servers.lacking(account, after);
  }

  private static Optional<String> when(boolean so, String reason) {
    return so ? Optional.of(reason) : Optional.empty();
  }

  private static boolean comesIntoUse(@Nullable Inbox before, Inbox after) {
    return before == null
        || !before.account().equals(after.account())
        || (after.settings().enabled() && !before.settings().enabled())
        || (after.settings().receiving() && !before.settings().receiving());
  }

  private static List<AuditFact> facts(@Nullable Inbox before, Inbox after) {
    if (before == null) {
      return List.of(new AuditFact.InboxConfigured(after.name(), List.of()));
    }
    List<AuditFact> facts = new ArrayList<>();
    List<AgentId> added = agents(after);
    added.removeAll(agents(before));
    List<AgentId> removed = agents(before);
    removed.removeAll(agents(after));
    if (!added.isEmpty() || !removed.isEmpty()) {
      facts.add(new AuditFact.MembersChanged(added, removed));
    }
    List<String> changed = new ArrayList<>(Differences.between(before, after));
    if (!membersOf(before, after).equals(membersOf(after, before))) {
      facts.add(new AuditFact.InboxConfigured(after.name(), changed));
    } else {
      changed.remove("members");
      if (!changed.isEmpty()) {
        facts.add(new AuditFact.InboxConfigured(after.name(), changed));
      }
    }
    return facts;
  }

  private static List<AgentId> agents(Inbox inbox) {
    return new ArrayList<>(inbox.settings().members().stream().map(Member::agent).toList());
  }

  /** Those of {@code one} who are members of both, with penalty and in order. */
  private static List<Member> membersOf(Inbox one, Inbox other) {
    List<AgentId> there = agents(other);
    return one.settings().members().stream()
        .filter(member -> there.contains(member.agent()))
        .toList();
  }
}
