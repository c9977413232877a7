package io.engage.core;

import io.engage.core.Composing.Composed;
import io.engage.core.Composing.Sheet;
import io.engage.core.answering.Colliding;
import io.engage.model.inbox.Agent;
import io.engage.model.message.Message;
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
            Outcomes.then(placing.place(asEdited(stored, edited), List.of()), composing::compose));
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
                  composing.compose(sheet),
                  composed -> new Outcome.Done<>(dispatching.dispatchDraft(sheet, composed)));
        });
  }

  private Optional<String> collision(Sheet sheet) {
    return Placing.isAnswer(sheet.draft())
        ? Colliding.decide(sheet.draft().seen(), drafting.seen(sheet.conversation()))
        : Colliding.decide(sheet.conversation());
  }
}
