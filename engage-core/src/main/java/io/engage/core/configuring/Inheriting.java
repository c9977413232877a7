package io.engage.core.configuring;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.mailbox.AccountId;
import io.engage.model.rule.Rule;
import io.engage.model.template.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what the heir of a deleted inbox gets beside its conversations: all addresses that it
 * ever had, and the mail accounts in which mail to them still arrives; its forwarding address and
 * SMS number, unless the heir has its own; and the templates that were its alone.
 */
public final class Inheriting {
  private Inheriting() {}

  /** What may come of it. */
  public sealed interface Decision {}

  /** The inbox stays; {@code reason} says what would have to change first. */
  public record Refused(String reason) implements Decision {}

  /**
   * @param heir with what it inherits
   * @param templates those that are the heir's now
   */
  public record Inherited(Inbox heir, List<Template> templates) implements Decision {
    public Inherited {
      templates = List.copyOf(templates);
    }
  }

  /**
   * @param others all inboxes but the one that goes
   * @param templates all of them
   */
  public static Decision decide(
      Inbox gone, InboxId heirId, List<Inbox> others, List<Template> templates) {
    Optional<Inbox> heir = others.stream().filter(each -> each.id().equals(heirId)).findFirst();
    if (heir.isEmpty()) {
      return new Refused(
          "There is no other inbox '%s' that could take its conversations"
              .formatted(heirId.value()));
    }
    for (Inbox other : others) {
      Optional<Rule> rule = References.ruleThatRoutes(other, gone.id());
      if (rule.isPresent()) {
        return new Refused(
            "Rule '%s' of inbox '%s' routes to it. Change that rule first."
                .formatted(rule.get().name(), other.name()));
      }
    }
    if (gone.settings().sms() != null && heir.get().settings().sms() != null) {
      return new Refused(
          "Both inboxes have an SMS number, and an inbox can have one. Choose another heir.");
    }
    return new Inherited(inherited(gone, heir.get()), rebound(templates, gone.id(), heirId));
  }

  private static Inbox inherited(Inbox gone, Inbox heir) {
    Set<EmailAddress> addresses = new LinkedHashSet<>(heir.addresses());
    addresses.addAll(gone.addresses());
    InboxSettings settings = heir.settings();
    InboxSettings.Change change = settings.change().formerAccounts(accountsOf(gone, heir));
    if (settings.forwarding() == null) {
      change.forwarding(gone.settings().forwarding());
    }
    if (settings.sms() == null) {
      change.sms(gone.settings().sms());
    }
    return new Inbox(
        heir.id(),
        heir.name(),
        heir.sender(),
        addresses,
        heir.account(),
        change.build(),
        heir.version());
  }

  private static Set<AccountId> accountsOf(Inbox gone, Inbox heir) {
    Set<AccountId> former = new LinkedHashSet<>(heir.settings().formerAccounts());
    former.add(gone.account());
    former.addAll(gone.settings().formerAccounts());
    former.remove(heir.account());
    return former;
  }

  private static List<Template> rebound(List<Template> templates, InboxId gone, InboxId heir) {
    return templates.stream()
        .filter(template -> gone.equals(template.inbox()))
        .map(template -> rebound(template, heir))
        .toList();
  }

  private static Template rebound(Template template, InboxId heir) {
    return new Template(
        template.id(),
        template.name(),
        heir,
        template.purpose(),
        template.subject(),
        template.text(),
        template.html(),
        template.version());
  }
}
