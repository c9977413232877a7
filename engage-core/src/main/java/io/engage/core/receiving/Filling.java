package io.engage.core.receiving;

import io.engage.core.confirming.AutomaticMail.Words;
import io.engage.core.receiving.Filing.Filed;
import io.engage.core.templating.Compilation;
import io.engage.core.templating.Encoding;
import io.engage.core.templating.FilledText;
import io.engage.core.templating.Templating;
import io.engage.model.address.EmailAddress;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the template of an automatic answer. It offers no field that the other side writes: a
 * name is the one that the host's directory has.
 */
final class Filling {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final Known.Answers answers;
  private final Instant now;

  Filling(Known.Answers answers, Instant now) {
    this.answers = answers;
    this.now = now;
  }

  /**
   * @param words null when it cannot be filled in
   * @param problem why; empty when it can
   */
  record Result(@Nullable Words words, String problem) {}

  /**
   * @param owner the inbox whose template it has to be
   * @param inbox that answers
   */
  Result decide(TemplateId id, InboxId owner, Filed filed, Inbox inbox, EmailAddress to) {
    Template template = answers.templates().get(id);
    if (template == null) {
      return problem(id, "is not there any more");
    }
    if (!template.isFor(owner)) {
      return problem(id, "is for another inbox");
    }
    Map<String, String> values = values(filed, inbox, to);
    FilledText subject = filled(template.subject(), values, Encoding.HEADER);
    FilledText text = filled(template.text(), values, Encoding.TEXT);
    FilledText html = filled(template.html() == null ? "" : template.html(), values, Encoding.HTML);
    return subject instanceof FilledText.Complete line
            && text instanceof FilledText.Complete plain
            && html instanceof FilledText.Complete rich
        ? new Result(
            new Words(
                line.text().isBlank() ? inbox.name() : line.text(),
                plain.text(),
                template.html() == null ? null : rich.text()),
            "")
        : problem(id, "has a field without a value, or cannot be read");
  }

  private static Result problem(TemplateId id, String what) {
    return new Result(null, "template '%s' %s".formatted(id.value(), what));
  }

  private static FilledText filled(String template, Map<String, String> values, Encoding encoding) {
    return new Templating().decide(template) instanceof Compilation.Ready ready
        ? ready.form().fill(values, encoding)
        : new FilledText.Missing(Set.of());
  }

  private Map<String, String> values(Filed filed, Inbox inbox, EmailAddress to) {
    ZonedDateTime local = now.atZone(inbox.settings().schedule().zone());
    CustomerId customer = filed.message().state().customer();
    String name = customer == null ? "" : answers.names().getOrDefault(customer, "");
    return Map.of(
        "inbox.name", inbox.name(),
        "inbox.address", inbox.sender().address().value(),
        "customer.name", name.isBlank() ? to.value() : name,
        "customer.address", to.value(),
        "number", filed.conversation().number().toString(),
        "date", local.toLocalDate().toString(),
        "time", TIME.format(local));
  }
}
