package io.engage.core;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.message.Message;
import io.engage.model.writing.Note;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes through what is recorded, a page of it in memory. */
final class RecordingWalk {
  private static final int AT_ONCE = 100;

  private final Parts parts;
  private final Notes notes;

  RecordingWalk(Parts parts, Notes notes) {
    this.parts = parts;
    this.notes = notes;
  }

  /** Does something with one of them. */
  @FunctionalInterface
  interface Step<T> {
    void on(T item) throws IOException;
  }

  /** A page of conversations at a time, none of them empty. */
  void conversations(ConversationFilter filter, Step<List<Conversation>> step) throws IOException {
    pages(page -> parts.storage().search().find(filter, page), step);
  }

  void messages(Conversation of, Step<Message> step) throws IOException {
    pages(page -> parts.storage().inboxes().messagesOf(of.id(), page), each(step));
  }

  void notes(Conversation of, Step<Note> step) throws IOException {
    pages(page -> notes.page(of.id(), page), each(step));
  }

  private static <T> Step<List<T>> each(Step<T> step) {
    return items -> {
      for (T each : items) {
        step.on(each);
      }
    };
  }

  private static <T> void pages(Function<Page.Request, Page<T>> reading, Step<List<T>> step)
      throws IOException {
    Page.@Nullable Mark last = null;
    do {
      Page<T> page = reading.apply(new Page.Request(last, AT_ONCE));
      if (!page.items().isEmpty()) {
        step.on(page.items());
      }
      last = page.next();
    } while (last != null);
  }
}
