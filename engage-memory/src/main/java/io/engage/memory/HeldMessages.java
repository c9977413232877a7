package io.engage.memory;

import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.customer.Person;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All messages that were not erased, deleted ones too: whose they are, where, and how old. */
final class HeldMessages {
  private final Map<ConversationId, NavigableMap<String, Message>> byConversation = new HashMap<>();
  private final Map<InboxId, Timeline<Message>> byAge = new HashMap<>();
  private final PersonIndex persons = new PersonIndex();

  void add(Message message) {
    if (message.state().erased()) {
      return;
    }
    byConversation
        .computeIfAbsent(message.conversation(), any -> new TreeMap<>())
        .put(message.id().value(), message);
    byAge
        .computeIfAbsent(message.inbox(), any -> Timeline.oldestFirst())
        .put(markOf(message), message);
    persons.add(Person.keysOf(message), message.conversation());
  }

  void remove(Message message) {
    if (message.state().erased()) {
      return;
    }
    byConversation.computeIfPresent(
        message.conversation(),
        (any, messages) -> {
          messages.remove(message.id().value());
          return messages.isEmpty() ? null : messages;
        });
    byAge.computeIfPresent(
        message.inbox(),
        (any, messages) -> {
          messages.remove(markOf(message));
          return messages.isEmpty() ? null : messages;
        });
    persons.remove(Person.keysOf(message), message.conversation());
  }

  NavigableSet<String> conversations(Person person, @Nullable ConversationId after, int limit) {
    return persons.of(person, after, limit);
  }

  List<Message> in(ConversationId conversation, @Nullable MessageId after, int limit) {
    NavigableMap<String, Message> all =
        byConversation.getOrDefault(conversation, Collections.emptyNavigableMap());
    return (after == null ? all : all.tailMap(after.value(), false))
        .values().stream().limit(limit).toList();
  }

  Page<Message> olderThan(InboxId inbox, Instant before, Page.Request page) {
    Timeline<Message> all = byAge.get(inbox);
    return all == null
        ? new Page<>(List.of(), null)
        : Pages.page(all.walk(page.after(), new Mark(before, "")), any -> true, page.limit());
  }

  private static Mark markOf(Message message) {
    return new Mark(message.at(), message.id().value());
  }
}
