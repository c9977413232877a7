package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.message.Message;
import java.util.List;

/**
 * A conversation as somebody looks at it afterwards, or while it goes on.
 *
 * @param inbox the name of its inbox
 * @param agents who had it, in order, by name, or by id when none is near at hand
 * @param messages a page of them, oldest first; {@link RecordingDesk#read} shows what is in one
 */
public record Recording(
    Conversation conversation, String inbox, List<String> agents, Page<Message> messages) {
  public Recording {
    requireNonNull(conversation, "conversation");
    requireNonNull(inbox, "inbox");
    agents = List.copyOf(agents);
    requireNonNull(messages, "messages");
  }
}
