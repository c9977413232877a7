package io.engage.core.recording;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.ConversationFilter.Completion;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which recordings are looked for. What is set has to hold, all of it; begin with {@link #all}.
 *
 * @param from only those whose newest message is from then or later; null means any
 * @param until only those whose newest message is from before then; null means any
 * @param led whether those count too that were opened before {@code until} and have newer messages:
 *     whatever was led in that time
 * @param address a part of the address or number of somebody outside who took part, or of the name
 *     of whoever wrote last; empty means any
 * @param subject a part of the subject; empty means any
 * @param inboxes in any of these; empty means in any
 * @param agents that any of these has, had or answered in; empty means anybody and nobody
 * @param completion finished ones, running ones, or both
 */
public record RecordingSearch(
    @Nullable Instant from,
    @Nullable Instant until,
    boolean led,
    String address,
    String subject,
    Set<InboxId> inboxes,
    Set<AgentId> agents,
    Completion completion) {
  public RecordingSearch {
    address = address.strip();
    subject = subject.strip();
    inboxes = Set.copyOf(inboxes);
    agents = Set.copyOf(agents);
    requireNonNull(completion, "completion");
  }

  /** All recordings, finished and running. */
  public static RecordingSearch all() {
    return new RecordingSearch(null, null, false, "", "", Set.of(), Set.of(), Completion.BOTH);
  }

  /**
   * Whose newest message is from these days: from the beginning of the first to the end of the last
   * one, where those days are.
   */
  public RecordingSearch days(LocalDate first, LocalDate last, ZoneId zone) {
    return between(
        first.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /**
   * Whose newest message is from {@code start} up to, not including, {@code end}; null means
   * without a bound.
   */
  public RecordingSearch between(@Nullable Instant start, @Nullable Instant end) {
    return new RecordingSearch(start, end, led, address, subject, inboxes, agents, completion);
  }

  /**
   * Whatever was led in the time that is set, also when it went on after that; the oldest comes
   * first then. Without it a conversation is found by its newest message alone.
   */
  public RecordingSearch whatWasLed() {
    return new RecordingSearch(from, until, true, address, subject, inboxes, agents, completion);
  }

  /** With somebody whose address or number has this in it. */
  public RecordingSearch with(String partOfAddress) {
    return new RecordingSearch(
        from, until, led, partOfAddress, subject, inboxes, agents, completion);
  }

  /** With this in the subject. */
  public RecordingSearch about(String partOfSubject) {
    return new RecordingSearch(
        from, until, led, address, partOfSubject, inboxes, agents, completion);
  }

  public RecordingSearch in(InboxId... wanted) {
    return new RecordingSearch(
        from, until, led, address, subject, Set.of(wanted), agents, completion);
  }

  public RecordingSearch by(AgentId... wanted) {
    return new RecordingSearch(
        from, until, led, address, subject, inboxes, Set.of(wanted), completion);
  }

  public RecordingSearch finished() {
    return new RecordingSearch(
        from, until, led, address, subject, inboxes, agents, Completion.COMPLETED);
  }

  public RecordingSearch running() {
    return new RecordingSearch(
        from, until, led, address, subject, inboxes, agents, Completion.OPEN);
  }

  @Override
  public String toString() {
    return "RecordingSearch[%d inboxes, %d agents, %s]"
        .formatted(inboxes.size(), agents.size(), completion);
  }
}
