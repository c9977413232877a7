package io.engage.core.configuring;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is set up already.
 *
 * @param inboxes all of them
 * @param accounts those that the inboxes name, as they shall be
 * @param templates those that the inboxes name
 * @param notByItself those of them that the library cannot fill in by itself, and why
 * @param forwarding the address that a new inbox gets; empty when the host has no domain for that
 */
public record Known(
    List<Inbox> inboxes,
    Map<AccountId, MailAccount> accounts,
    Map<TemplateId, Template> templates,
    Map<TemplateId, String> notByItself,
    Optional<EmailAddress> forwarding) {
  public Known {
    inboxes = List.copyOf(inboxes);
    accounts = Map.copyOf(accounts);
    templates = Map.copyOf(templates);
    notByItself = Map.copyOf(notByItself);
  }

  Optional<Inbox> inbox(InboxId id) {
    return inboxes.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** All but one. */
  List<Inbox> othersThan(InboxId id) {
    return inboxes.stream().filter(each -> !each.id().equals(id)).toList();
  }
}
