package io.engage.core;

import io.engage.model.conversation.ConversationId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.spi.PersonSearch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** All messages of a conversation, deleted ones too, a page at a time. */
final class MessageWalk implements Iterable<Message> {
  private static final int AT_ONCE = 500;

  private final PersonSearch persons;
  private final ConversationId conversation;

  MessageWalk(PersonSearch persons, ConversationId conversation) {
    this.persons = persons;
    this.conversation = conversation;
  }

  @Override
  public Iterator<Message> iterator() {
    return new Iterator<>() {
      private final Deque<Message> page = new ArrayDeque<>();
      private @Nullable MessageId last;
      private boolean ended;

      @Override
      public boolean hasNext() {
        if (page.isEmpty() && !ended) {
          page.addAll(persons.messagesOf(conversation, last, AT_ONCE));
          ended = page.size() < AT_ONCE;
        }
        return !page.isEmpty();
      }

      @Override
      public Message next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Message next = page.remove();
        last = next.id();
        return next;
      }
    };
  }
}
