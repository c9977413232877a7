package io.engage.core.answering;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import java.time.Instant;
import java.util.List;

/** Decides who waits when an answer that had failed goes once more. */
public final class Reanswering {
  private Reanswering() {}

  /**
   * Whoever wrote after it was written is not answered by it.
   *
   * @param messages what the conversation holds
   * @param by who has it sent
   */
  public static Conversation decide(
      Conversation conversation, Message answer, List<Message> messages, AgentId by, Instant now) {
    boolean isOld =
        messages.stream()
            .filter(each -> each.direction() == Direction.INBOUND && each.kind().isFromPerson())
            .anyMatch(each -> each.at().isAfter(answer.at()));
    return isOld || !Unanswering.isAnswer(answer) ? conversation : conversation.answered(by, now);
  }
}
