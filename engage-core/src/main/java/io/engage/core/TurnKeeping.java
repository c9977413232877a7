package io.engage.core;

import io.engage.core.queueing.Rotating;
import io.engage.model.document.Document;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
import io.engage.model.queue.Rotation;
import io.engage.spi.Storage;
import java.util.List;
import java.util.Optional;

/** Has the turns of an inbox go on where they were when members leave, in the same commit. */
final class TurnKeeping {
  private final Storage storage;

  TurnKeeping(Storage storage) {
    this.storage = storage;
  }

  /** What is to be stored with an inbox; empty when turns go on by themselves. */
  Optional<Rotation> after(Inbox changed) {
    List<Member> before = membersOf(changed.id());
    List<Member> after = changed.settings().members();
    return before.equals(after)
        ? Optional.empty()
        : find(changed.id()).flatMap(stored -> moved(stored, before, after));
  }

  private static Optional<Rotation> moved(
      Rotation stored, List<Member> before, List<Member> after) {
    Rotation moved = Rotating.decide(stored, before, after);
    return moved.equals(stored) ? Optional.empty() : Optional.of(moved);
  }

  private List<Member> membersOf(InboxId inbox) {
    return storage.inboxes().inboxes(List.of(inbox)).stream()
        .findFirst()
        .map(each -> each.settings().members())
        .orElse(List.of());
  }

  private Optional<Rotation> find(InboxId inbox) {
    for (Document each : storage.documents().find(List.of(Rotation.keyOf(inbox)))) {
      if (each instanceof Rotation rotation) {
        return Optional.of(rotation);
      }
    }
    return Optional.empty();
  }
}
