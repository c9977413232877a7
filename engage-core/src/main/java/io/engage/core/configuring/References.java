package io.engage.core.configuring;

import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.template.Template;
import io.engage.model.template.Template.Purpose;
import io.engage.model.template.TemplateId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an inbox names that has to exist: templates, and the inboxes to which its rules route. */
public final class References {
  private References() {}

  /**
   * @param purposes what the template has to be made for, one of these
   * @param byItself whether the library fills it in by itself, without an agent
   */
  private record Use(TemplateId template, Set<Purpose> purposes, boolean byItself) {}

  /** The templates that an inbox names, for whatever. */
  public static Set<TemplateId> templates(Inbox inbox) {
    Set<TemplateId> named = new LinkedHashSet<>();
    uses(inbox.settings()).forEach(use -> named.add(use.template()));
    return named;
  }

  /**
   * Why an inbox could no longer use a template that it names; empty when it still could.
   *
   * @param notByItself why the library cannot fill it in by itself; null when it can
   */
  public static Optional<String> unfit(
      Inbox inbox, Template changed, @Nullable String notByItself) {
    return uses(inbox.settings()).stream()
        .filter(use -> use.template().equals(changed.id()))
        .flatMap(use -> unfit(inbox, changed, use, notByItself).stream())
        .findFirst()
        .map(reason -> "Inbox '%s' uses it. %s".formatted(inbox.name(), reason));
  }

  /** The rule by which an inbox routes to another one. */
  static Optional<Rule> ruleThatRoutes(Inbox from, InboxId to) {
    return from.settings().rules().rules().stream()
        .filter(rule -> rule.then().contains(new RuleAction.RouteToInbox(to)))
        .findFirst();
  }

  /** What an inbox names and may not; empty when all is well. */
  static Optional<String> missing(Inbox inbox, Known known) {
    return uses(inbox.settings()).stream()
        .flatMap(use -> unusable(inbox, use, known).stream())
        .findFirst()
        .or(() -> routedNowhere(inbox, known));
  }

  private static Optional<String> unusable(Inbox inbox, Use use, Known known) {
    Template template = known.templates().get(use.template());
    return template == null
        ? Optional.of("There is no template '%s'".formatted(use.template().value()))
        : unfit(inbox, template, use, known.notByItself().get(template.id()));
  }

  private static Optional<String> unfit(
      Inbox inbox, Template template, Use use, @Nullable String notByItself) {
    if (!template.isFor(inbox.id())) {
      return Optional.of("Template '%s' is for another inbox".formatted(template.name()));
    }
    if (!use.purposes().contains(template.purpose())) {
      return Optional.of(
          "Template '%s' is made for another purpose: %s"
              .formatted(template.name(), template.purpose().code()));
    }
    return notByItself == null || !use.byItself()
        ? Optional.empty()
        : Optional.of(
            "Template '%s' cannot be sent without an agent. %s"
                .formatted(template.name(), notByItself));
  }

  private static Optional<String> routedNowhere(Inbox inbox, Known known) {
    return actions(inbox.settings(), RuleAction.RouteToInbox.class).stream()
        .map(RuleAction.RouteToInbox::inbox)
        .filter(to -> !to.equals(inbox.id()) && known.inbox(to).isEmpty())
        .map(to -> "A rule routes to inbox '%s', which does not exist".formatted(to.value()))
        .findFirst();
  }

  private static List<Use> uses(InboxSettings settings) {
    List<Use> uses = new ArrayList<>();
    if (settings.signature() != null) {
      uses.add(new Use(settings.signature(), Set.of(Purpose.SIGNATURE), false));
    }
    if (settings.confirmation() != null) {
      uses.add(new Use(settings.confirmation().template(), Set.of(Purpose.CONFIRMATION), true));
    }
    for (RuleAction.SendTemplate send : actions(settings, RuleAction.SendTemplate.class)) {
      uses.add(new Use(send.template(), Set.of(Purpose.REPLY, Purpose.CONFIRMATION), true));
    }
    return uses;
  }

  private static <A extends RuleAction> List<A> actions(InboxSettings settings, Class<A> type) {
    return settings.rules().rules().stream()
        .flatMap(rule -> rule.then().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
