package io.engage.core;

import io.engage.core.Composing.Composed;
import io.engage.core.Composing.Sheet;
import io.engage.core.answering.Colliding;
import io.engage.core.answering.Copies;
import io.engage.core.answering.Following;
import io.engage.model.inbox.Agent;
import io.engage.model.message.Message;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import java.util.List;
import java.util.Optional;

/** Makes of a form what will be sent, to look at it or to send it. */
final class Sealing {
  private final Parts parts;
  private final Drafting drafting;
  private final Placing placing;
  private final Composing composing;
  private final Dispatching dispatching;

  Sealing(Agent agent, Parts parts, Drafting drafting, Placing placing, Composing composing) {
    this.parts = parts;
    this.drafting = drafting;
    this.placing = placing;
    this.composing = composing;
    this.dispatching = new Dispatching(agent, parts);
  }

  Outcome<Composed> compose(Draft edited) {
    return drafting.on(
        edited.id(),
        stored ->
            Outcomes.then(
                placing.place(asEdited(stored, edited), List.of()),
                sheet -> composing.compose(following(sheet))));
  }

  Outcome<Message> send(Draft edited, boolean confirmed) {
    return parts
        .committing()
        .retrying(
            () ->
                drafting.on(
                    edited.id(),
                    stored ->
                        stored.version() == edited.version()
                            ? send(stored, edited, confirmed)
                            : overtaken()));
  }

  /** Only the form counts: to what it belongs was decided when it was begun. */
  private static Draft asEdited(Draft stored, Draft edited) {
    return stored.withContent(edited.content(), stored.changedAt());
  }

  private static Outcome<Message> overtaken() {
    return new Outcome.Refused<>(
        "Somebody has saved this draft since you opened it. Load it again before you send it.");
  }

  private Outcome<Message> send(Draft stored, Draft edited, boolean confirmed) {
    return Outcomes.then(
        placing.place(asEdited(stored, edited), List.of()),
        sheet -> {
          Optional<String> collision = confirmed ? Optional.empty() : collision(sheet);
          return collision.isPresent()
              ? new Outcome.Unconfirmed<>(collision.get())
              : Outcomes.then(
                  composing.compose(following(sheet)),
                  composed -> new Outcome.Done<>(dispatching.dispatchDraft(sheet, composed)));
        });
  }

  private Optional<String> collision(Sheet sheet) {
    if (!Placing.isAnswer(sheet.draft())) {
      return Colliding.decide(sheet.conversation());
    }
    Draft.Seen seen = sheet.draft().seen();
    return Colliding.decide(seen, Drafting.seen(parts, sheet.conversation()))
        .or(
            () ->
                following()
                    .contradiction(
                        sheet.draft().content(),
                        new Copies(seen.cc(), seen.bcc()),
                        Copies.of(sheet.conversation())));
  }

  /** With the copies that the conversation's form has by now. */
  private Sheet following(Sheet sheet) {
    Draft draft = sheet.draft();
    if (!Placing.isAnswer(draft)) {
      return sheet;
    }
    Composition content =
        following()
            .decide(
                draft.content(),
                new Copies(draft.seen().cc(), draft.seen().bcc()),
                Copies.of(sheet.conversation()));
    return sheet.with(draft.withContent(content, draft.changedAt()));
  }

  private Following following() {
    return new Following(parts.storage().inboxes().inboxes());
  }
}
