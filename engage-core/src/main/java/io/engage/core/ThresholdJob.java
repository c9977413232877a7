package io.engage.core;

import io.engage.core.picturing.Alarming;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.InboxAlarms;
import io.engage.model.queue.QueueStanding;
import io.engage.spi.StaleVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether too many wait, or somebody for too long, and tells it when that begins and when it
 * is over. It changes nothing else.
 */
final class ThresholdJob implements Job {
  static final Duration LOOK = Duration.ofSeconds(10);

  private final Parts parts;
  private volatile Instant due = Instant.MIN;

  ThresholdJob(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String name() {
    return "thresholds";
  }

  @Override
  public Instant run(Stop stop) {
    Instant now = parts.clock().instant();
    if (!now.isBefore(due)) {
      look(now, stop);
      due = now.plus(LOOK);
    }
    return due;
  }

  private void look(Instant now, Stop stop) {
    List<Inbox> inboxes = parts.storage().inboxes().inboxes();
    List<InboxId> ids = inboxes.stream().map(Inbox::id).toList();
    Map<InboxId, InboxAlarms> alarms =
        parts.storage().documents().find(ids.stream().map(InboxAlarms::keyOf).toList()).stream()
            .map(InboxAlarms.class::cast)
            .collect(Collectors.toMap(InboxAlarms::inbox, Function.identity()));
    Map<InboxId, QueueStanding> standings = parts.storage().queues().standings(ids);
    for (Inbox inbox : inboxes) {
      InboxAlarms before = alarms.getOrDefault(inbox.id(), InboxAlarms.none(inbox.id()));
      QueueStanding standing = standings.getOrDefault(inbox.id(), QueueStanding.EMPTY);
      Alarming.Change change =
          Alarming.decide(before, standing, inbox.settings().serviceLevel(), now);
      if (!change.facts().isEmpty() && !stop.hasCome()) {
        tell(inbox.id(), change);
      }
    }
  }

  /** Another node that was faster has told the same. */
  private void tell(InboxId inbox, Alarming.Change change) {
    List<Occurrence> occurrences =
        change.facts().stream().map(each -> new Occurrence(AuditSubject.of(inbox), each)).toList();
    try {
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .document(change.alarms())
                  .audit(parts.committing().stamp(Actor.DISTRIBUTION, occurrences))
                  .build());
    } catch (StaleVersion told) {
      // Nothing is left to do.
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ThresholdJob;
  }

  @Override
  public int hashCode() {
    return name().hashCode();
  }
}
