package io.engage.core;

import io.engage.core.answering.Unanswering;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives customers their place in the queue back when an answer does not reach them. */
final class Unanswered {
  private final Parts parts;

  Unanswered(Parts parts) {
    this.parts = parts;
  }

  /**
   * What is left of a conversation.
   *
   * @param deleted messages of it that go with this commit, some perhaps before they were sent
   */
  Conversation without(Conversation left, List<Message> deleted) {
    List<Message> withdrawn =
        deleted.stream().filter(each -> each.state().delivery() == Delivery.WITHDRAWN).toList();
    return withdrawn.isEmpty() || left.isEmpty() ? left : decide(left, withdrawn, deleted);
  }

  /**
   * What becomes of the conversation of a message.
   *
   * @param before what the message was
   * @param after what became of it
   * @return empty when that changes nothing about the conversation
   */
  List<Conversation> afterwards(Message before, Delivery after) {
    if (!Unanswering.hasFailed(before, after)) {
      return List.of();
    }
    List<Message> failed = List.of(before);
    return parts.storage().inboxes().conversations(List.of(before.conversation())).stream()
        .map(each -> decide(each, failed, failed))
        .toList();
  }

  private Conversation decide(Conversation left, List<Message> answers, List<Message> gone) {
    Set<MessageId> ids = gone.stream().map(Message::id).collect(Collectors.toSet());
    List<Message> others =
        parts.storage().search().messagesIn(List.of(left.id())).stream()
            .filter(each -> !ids.contains(each.id()))
            .toList();
    return Unanswering.decide(left, answers, others, parts.clock().instant());
  }
}
