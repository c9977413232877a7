package io.engage.core;

import io.engage.core.answering.Inserting;
import io.engage.core.templating.FilledTemplate;
import io.engage.model.message.FileName;
import io.engage.model.template.QuickReply;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What can be put into a draft beside what an agent types: files, templates, quick replies. */
final class Offering {
  private final Drafting drafting;
  private final Placing placing;
  private final Composing composing;
  private final Filling filling;
  private final Enclosing enclosing;

  Offering(Parts parts, Drafting drafting, Placing placing, Composing composing) {
    this.drafting = drafting;
    this.placing = placing;
    this.composing = composing;
    this.filling = new Filling(parts);
    this.enclosing = new Enclosing(parts);
  }

  Outcome<Draft> attach(
      DraftId id, FileName name, String contentType, InputStream content, boolean inText)
      throws IOException {
    Outcome<Draft> there = drafting.on(id, Outcome.Done::new);
    if (!there.isDone()) {
      return there;
    }
    Outcome<Composition.File> stored = enclosing.store(name, contentType, content, inText);
    return Outcomes.then(stored, file -> attach(id, file));
  }

  private Outcome<Draft> attach(DraftId id, Composition.File file) {
    Outcome<Draft> changed = drafting.change(id, draft -> enclosing.with(draft.content(), file));
    if (!changed.isDone()) {
      drafting.forget(id, file);
    }
    return changed;
  }

  Outcome<List<OfferedText>> templates(Draft edited) {
    return with(
        edited,
        (sheet, values) ->
            new Outcome.Done<>(
                filling.templates(sheet.inbox().id(), Template.Purpose.REPLY).stream()
                    .map(each -> offered(each, values))
                    .toList()));
  }

  private static OfferedText offered(Template template, Map<String, String> values) {
    return new OfferedText(
        template.id().value(), template.name(), FilledTemplate.decide(template, values));
  }

  Outcome<List<OfferedText>> quickReplies(Draft edited) {
    return with(
        edited,
        (sheet, values) ->
            new Outcome.Done<>(
                filling.quickReplies().stream().map(each -> offered(each, values)).toList()));
  }

  private static OfferedText offered(QuickReply reply, Map<String, String> values) {
    return new OfferedText(reply.id(), reply.title(), Filling.fill(reply, values));
  }

  Outcome<Draft> useTemplate(Draft edited, TemplateId id) {
    return use(edited, templates(edited), offered -> offered.id().equals(id.value()));
  }

  Outcome<Draft> useQuickReply(Draft edited, String id) {
    return use(edited, quickReplies(edited), offered -> offered.id().equals(id));
  }

  private Outcome<Draft> use(
      Draft edited, Outcome<List<OfferedText>> all, Predicate<OfferedText> wanted) {
    return Outcomes.then(
        all,
        offered ->
            offered.stream()
                .filter(wanted)
                .findFirst()
                .map(each -> insert(edited, each))
                .orElseGet(Outcome.Unknown::new));
  }

  private Outcome<Draft> insert(Draft edited, OfferedText offered) {
    if (offered.filled() instanceof FilledTemplate.Complete complete) {
      Composition next =
          Inserting.decide(edited.content(), complete.subject(), complete.text(), complete.html());
      return drafting.save(edited.withContent(next, edited.changedAt()));
    }
    String reason = ((FilledTemplate.Unfilled) offered.filled()).reason();
    return new Outcome.Refused<>("'%s' cannot be used: %s".formatted(offered.title(), reason));
  }

  private <T> Outcome<T> with(Draft edited, OnSheet<T> act) {
    return drafting.on(
        edited.id(),
        stored ->
            Outcomes.then(
                placing.place(stored.withContent(edited.content(), stored.changedAt()), List.of()),
                sheet -> act.with(sheet, composing.values(sheet))));
  }

  /** What is done with a draft whose fields have values. */
  private interface OnSheet<T> {
    Outcome<T> with(Composing.Sheet sheet, Map<String, String> values);
  }
}
