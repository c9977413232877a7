package io.engage.core;

import io.engage.core.answering.Beginning;
import io.engage.core.answering.Colliding;
import io.engage.core.answering.Copies;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Channel;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Reply;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import java.time.Instant;
import java.util.Optional;

/** Answers at once, without a draft. */
final class Replying {
  private static final int LOOKED_AT_ONCE = 50;

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Placing placing;
  private final Composing composing;
  private final Dispatching dispatching;

  Replying(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
    this.placing = new Placing(agent, parts);
    this.composing = new Composing(agent, parts);
    this.dispatching = new Dispatching(agent, parts);
  }

  Outcome<Message> reply(MessageId id, Reply reply) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onMessage(
                    AgentAction.REPLY,
                    id,
                    (answered, conversation) -> reply(answered, conversation, reply)));
  }

  Outcome<Message> reply(ConversationId id, Reply reply) {
    return permitting.onConversation(
        AgentAction.READ,
        id,
        conversation ->
            newestToAnswer(id)
                .map(newest -> reply(newest.id(), reply))
                .orElseGet(() -> new Outcome.Refused<>("The conversation has no message")));
  }

  /**
   * What a person wrote comes before automatic mail and mail of our own, however much of that came
   * after it; a page of messages at a time is in memory.
   */
  private Optional<Message> newestToAnswer(ConversationId id) {
    Page.Request request = Page.Request.first(LOOKED_AT_ONCE);
    Page<Message> page = parts.storage().search().newestIn(id, request);
    Optional<Message> newest = page.items().stream().findFirst();
    Optional<Message> written = writtenByPerson(page);
    while (written.isEmpty() && page.next() != null) {
      page = parts.storage().search().newestIn(id, request.after(page.next()));
      written = writtenByPerson(page);
    }
    return written.or(() -> newest);
  }

  private static Optional<Message> writtenByPerson(Page<Message> page) {
    return page.items().stream()
        .filter(each -> each.direction() == Direction.INBOUND && each.kind().isFromPerson())
        .findFirst();
  }

  private Outcome<Message> reply(Message answered, Conversation conversation, Reply reply) {
    if (answered.channel() != Channel.EMAIL) {
      return new Outcome.Refused<>("This is a text message; a mail cannot answer it");
    }
    Optional<String> collision = collision(conversation, reply);
    if (collision.isPresent()) {
      return new Outcome.Unconfirmed<>(collision.get());
    }
    return Outcomes.then(
        placing.place(draft(answered, conversation, reply), reply.attachments()),
        sheet ->
            Outcomes.then(
                composing.compose(sheet),
                composed -> new Outcome.Done<>(dispatching.dispatch(sheet, composed))));
  }

  private Optional<String> collision(Conversation conversation, Reply reply) {
    return reply.seen() == null
        ? Optional.empty()
        : Colliding.decide(
            new Draft.Seen(conversation.messages(), reply.seen()),
            Drafting.seen(parts, conversation));
  }

  /** Never kept: there is nothing to go on with. */
  private Draft draft(Message answered, Conversation conversation, Reply reply) {
    Instant now = parts.clock().instant();
    return new Draft(
        DraftId.of(parts.ids().next()),
        reply.toAll() ? Draft.Kind.REPLY_ALL : Draft.Kind.REPLY,
        conversation.inbox(),
        conversation.id(),
        answered.id(),
        agent.id(),
        Beginning.answering(
            answered, reply, Copies.of(conversation), parts.storage().inboxes().inboxes()),
        now,
        0);
  }
}
