package io.engage.core.receiving;

import io.engage.core.confirming.AutomaticMail.Words;
import io.engage.core.receiving.Filing.Filed;
import io.engage.core.templating.FilledTemplate;
import io.engage.core.templating.Values;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides the words of an automatic answer. They hold nothing that the other side wrote: no
 * subject, and a name only when it is the one that the host's directory has.
 */
final class Wording {
  private static final String NO_SUBJECT = "";
  private static final String NO_NAME = "";

  private final Known.Answers answers;
  private final Instant now;

  Wording(Known.Answers answers, Instant now) {
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
    FilledTemplate filled = FilledTemplate.decide(template, Values.decide(facts(filed, inbox, to)));
    return filled instanceof FilledTemplate.Complete complete
        ? new Result(words(complete, inbox), "")
        : problem(id, "cannot be used: " + ((FilledTemplate.Unfilled) filled).reason());
  }

  private static Words words(FilledTemplate.Complete filled, Inbox inbox) {
    String subject = filled.subject().isBlank() ? inbox.name() : filled.subject();
    return new Words(subject, filled.text(), filled.html());
  }

  private static Result problem(TemplateId id, String what) {
    return new Result(null, "template '%s' %s".formatted(id.value(), what));
  }

  private Values.Facts facts(Filed filed, Inbox inbox, EmailAddress to) {
    CustomerId customer = filed.message().state().customer();
    return new Values.Facts(
        inbox,
        customer == null ? null : answers.names().get(customer),
        new NamedAddress(NO_NAME, to),
        null,
        NO_SUBJECT,
        filed.conversation().id(),
        now);
  }
}
