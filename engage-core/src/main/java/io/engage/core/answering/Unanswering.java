package io.engage.core.answering;

import io.engage.model.conversation.Conversation;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import io.engage.model.queue.Service;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides who waits once an answer is taken back, deleted before it goes, or fails for good: as if
 * it had never been written.
 */
public final class Unanswering {
  private Unanswering() {}

  /** Whether an answer has just failed for good, so that nobody has it. */
  public static boolean hasFailed(Message before, Delivery after) {
    return isAnswer(before)
        && after == Delivery.FAILED
        && before.state().delivery() != Delivery.FAILED
        && !before.state().deleted();
  }

  /** The same as {@link #decide(Conversation, Message, List, Instant)} of all that are answers. */
  public static Conversation decide(
      Conversation without, Collection<Message> gone, List<Message> others, Instant now) {
    return gone.stream()
        .filter(Unanswering::isAnswer)
        .max(Comparator.comparing(Message::at))
        .map(newest -> decide(without, newest, others, now))
        .orElse(without);
  }

  /**
   * @param without the conversation without the answer
   * @param others what else it holds
   */
  static Conversation decide(
      Conversation without, Message answer, List<Message> others, Instant now) {
    if (without.isSideThread()) {
      return without;
    }
    Service before = without.state().service();
    List<Message> answers =
        others.stream().filter(Unanswering::answers).filter(each -> counts(each, before)).toList();
    Instant first = answers.stream().map(Message::at).min(Instant::compareTo).orElse(null);
    boolean isLast = answers.stream().noneMatch(each -> each.at().isAfter(answer.at()));
    Instant waiting =
        isLast && !without.isCompleted() && without.countsInQueues()
            ? waiting(without, answers, others, now)
            : before.waitingSince();
    return without.withState(
        without
            .state()
            .withService(before.unanswered(waiting, before.arrivedAt() == null ? null : first)));
  }

  /**
   * Since the first message that nobody answered. When none says so in a conversation in which
   * somebody waited once, an agent had wanted to write all the same: without an assignee it goes to
   * the end of the queue rather than be forgotten.
   */
  private static @Nullable Instant waiting(
      Conversation without, List<Message> answers, List<Message> others, Instant now) {
    Service before = without.state().service();
    Optional<Instant> answered = answers.stream().map(Message::at).max(Instant::compareTo);
    Stream<Instant> asked =
        others.stream()
            .filter(each -> each.direction() == Direction.INBOUND && each.kind().isFromPerson())
            .filter(each -> counts(each, before))
            .map(Message::at)
            .filter(at -> answered.filter(last -> !at.isAfter(last)).isEmpty());
    return Stream.concat(asked, Stream.ofNullable(before.waitingSince()))
        .map(at -> at.isBefore(now) ? at : now)
        .min(Instant::compareTo)
        .orElse(before.arrivedAt() != null && without.findAssignee().isEmpty() ? now : null);
  }

  static boolean isAnswer(Message message) {
    return message.direction() == Direction.OUTBOUND && message.kind() == MessageKind.PERSON;
  }

  /** What failed gave back the place of whoever was to read it. */
  private static boolean answers(Message message) {
    return isAnswer(message) && message.state().delivery() != Delivery.FAILED;
  }

  /** What was before it was opened the last time is past. */
  private static boolean counts(Message message, Service service) {
    return service.arrivedAt() == null || !message.at().isBefore(service.arrivedAt());
  }
}
