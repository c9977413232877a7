package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.configuring.References;
import io.engage.core.templating.Checking;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Templates: named texts with fields {@code ${name}} for one inbox or for all. Whoever changes one
 * may manage templates in its inbox, for one that all may use in all of them.
 */
public final class TemplateDesk {
  private static final int CAMPAIGNS = 500;

  private final Parts parts;
  private final Permitting permitting;
  private final TemplateShelf shelf;
  private final Checking checking = new Checking();

  TemplateDesk(Parts parts, Permitting permitting) {
    this.parts = parts;
    this.permitting = permitting;
    this.shelf = new TemplateShelf(parts.storage().documents());
  }

  /**
   * Those for all inboxes, and those of the inboxes in which the agent may manage templates, in
   * order of their ids.
   *
   * @return refused when there is no such inbox
   */
  public Outcome<List<Template>> list() {
    return permitting.somewhere(
        AgentAction.MANAGE_TEMPLATES,
        managed ->
            new Outcome.Done<>(
                shelf.all().stream()
                    .filter(each -> each.inbox() == null || managed.contains(each.inbox()))
                    .toList()));
  }

  /** One of them. */
  public Outcome<Template> find(TemplateId id) {
    Optional<Template> found = shelf.find(id);
    InboxId inbox = found.map(Template::inbox).orElse(null);
    Supplier<Outcome<Template>> shown =
        () -> found.<Outcome<Template>>map(Outcome.Done::new).orElseGet(Outcome.Unknown::new);
    return inbox == null
        ? permitting.somewhere(AgentAction.MANAGE_TEMPLATES, managed -> shown.get())
        : permitting.inAll(AgentAction.MANAGE_TEMPLATES, List.of(inbox), shown);
  }

  /**
   * Stores a template with the version that it was read with, 0 for a new one.
   *
   * @return the stored one, with a warning for each <code>${</code> that begins no field; refused
   *     when it cannot be filled in, also for a field that has no value when it is used for its
   *     purpose (the reason names line and column), when another has its name, when an inbox that
   *     uses it could do so no longer, and when somebody else changed it in the meantime
   */
  public Outcome<SavedTemplate> save(Template wanted) {
    requireNonNull(wanted, "wanted");
    return permitted(
        wanted,
        () ->
            checking
                .decide(wanted)
                .<Outcome<SavedTemplate>>map(Outcome.Refused::new)
                .orElseGet(() -> parts.committing().retrying(() -> permittedAsItWas(wanted))));
  }

  /** Deletes a template that no inbox and no campaign uses. */
  public Outcome<Template> delete(TemplateId id) {
    Optional<Template> found = shelf.find(id);
    return found.isEmpty()
        ? permitting.somewhere(AgentAction.MANAGE_TEMPLATES, managed -> new Outcome.Unknown<>())
        : permitted(found.get(), () -> parts.committing().retrying(() -> deleteUnused(id)));
  }

  /** Whoever takes a template from an inbox, or from all of them, may do so there too. */
  private Outcome<SavedTemplate> permittedAsItWas(Template wanted) {
    Optional<Template> before = shelf.find(wanted.id());
    Supplier<Outcome<SavedTemplate>> save = () -> saveAfter(before, wanted);
    return before.isPresent() && !Objects.equals(before.get().inbox(), wanted.inbox())
        ? permitted(before.get(), save)
        : save.get();
  }

  private Outcome<SavedTemplate> saveAfter(Optional<Template> before, Template wanted) {
    long version = before.map(Template::version).orElse(0L);
    if (version != wanted.version()) {
      return new Outcome.Refused<>(
          "Template '%s' was changed or deleted by somebody else in the meantime, or exists already. Load it again."
              .formatted(wanted.name()));
    }
    if (before.filter(wanted::equals).isPresent()) {
      return new Outcome.AlreadySo<>();
    }
    Optional<String> conflict = conflict(wanted);
    if (conflict.isPresent()) {
      return new Outcome.Refused<>(conflict.get());
    }
    commit(
        InboxChange.builder().document(wanted),
        wanted,
        new AuditFact.TemplateChanged(wanted.id(), wanted.name()));
    return new Outcome.Done<>(
        new SavedTemplate(wanted.withVersion(version + 1), checking.overlooked(wanted)));
  }

  private Optional<String> conflict(Template wanted) {
    boolean nameTaken =
        shelf.all().stream()
            .anyMatch(
                other ->
                    !other.id().equals(wanted.id())
                        && other.name().equalsIgnoreCase(wanted.name()));
    if (nameTaken) {
      return Optional.of("There is another template '%s'".formatted(wanted.name()));
    }
    @Nullable String byItself = checking.decide(wanted, Template.Purpose.CONFIRMATION).orElse(null);
    return users(wanted.id()).stream()
        .flatMap(inbox -> References.unfit(inbox, wanted, byItself).stream())
        .findFirst();
  }

  private Outcome<Template> deleteUnused(TemplateId id) {
    Optional<Template> found = shelf.find(id);
    if (found.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    List<Inbox> users = users(id);
    if (!users.isEmpty()) {
      return new Outcome.Refused<>(
          "Inbox '%s' uses template '%s'. Choose another one there first."
              .formatted(users.get(0).name(), found.get().name()));
    }
    Optional<Campaign> campaign = campaignWith(id);
    if (campaign.isPresent()) {
      return new Outcome.Refused<>(
          "Campaign '%s' uses template '%s'. Choose another one there first."
              .formatted(campaign.get().name(), found.get().name()));
    }
    commit(
        InboxChange.builder().drop(found.get()),
        found.get(),
        new AuditFact.TemplateDeleted(id, found.get().name()));
    return new Outcome.Done<>(found.get());
  }

  /** One that is over for good needs none. */
  private Optional<Campaign> campaignWith(TemplateId id) {
    return DocumentPages.campaigns(parts.storage().documents()).stream()
        .filter(each -> id.equals(each.plan().template()))
        .filter(each -> each.state().status() != Campaign.Status.CANCELLED)
        .findFirst();
  }

  private List<Inbox> users(TemplateId id) {
    return parts.storage().inboxes().inboxes().stream()
        .filter(inbox -> References.templates(inbox).contains(id))
        .toList();
  }

  private <T> Outcome<T> permitted(Template template, Supplier<Outcome<T>> act) {
    return template.inbox() == null
        ? permitting.everywhere(AgentAction.MANAGE_TEMPLATES, act)
        : permitting.inAll(AgentAction.MANAGE_TEMPLATES, List.of(template.inbox()), act);
  }

  private void commit(InboxChange.Builder change, Template template, AuditFact fact) {
    AuditSubject subject =
        template.inbox() == null ? AuditSubject.NONE : AuditSubject.of(template.inbox());
    parts.committing().commit(change.audit(permitting.stamp(subject, fact)).build());
  }
}
