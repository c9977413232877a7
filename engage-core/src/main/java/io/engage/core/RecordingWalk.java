package io.engage.core;

import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.message.Message;
import io.engage.model.writing.Note;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Goes through what is recorded, a page of it in memory. */
final class RecordingWalk {
  private static final int AT_ONCE = 100;

  private final Parts parts;
  private final Notes notes;
  private final NamedTrail trail;

  RecordingWalk(Parts parts, Notes notes) {
    this.parts = parts;
    this.notes = notes;
    this.trail = new NamedTrail(parts);
  }

  /** Does something with one of them. */
  @FunctionalInterface
  interface Step<T> {
    void on(T item) throws IOException;
  }

  /**
   * A page of conversations at a time, none of them empty, as long as it is permitted.
   *
   * @param permission asked before each page
   * @return what it said last
   */
  <T> Outcome<T> conversations(
      ConversationFilter filter, Supplier<Outcome<T>> permission, Step<List<Conversation>> step)
      throws IOException {
    Outcome<T> answer = permission.get();
    Page.@Nullable Mark last = null;
    while (answer.isDone()) {
      last = page(at -> parts.storage().search().find(filter, at), step, last);
      if (last == null) {
        return answer;
      }
      answer = permission.get();
    }
    return answer;
  }

  void messages(Conversation of, Step<Message> step) throws IOException {
    pages(page -> parts.storage().inboxes().messagesOf(of.id(), page), each(step));
  }

  void notes(Conversation of, Step<Note> step) throws IOException {
    pages(page -> notes.page(of.id(), page), each(step));
  }

  /** What happened to it and to each of its messages, oldest first. */
  void trail(Conversation of, Step<AuditEntry> step) throws IOException {
    for (Iterator<AuditEntry> left = trail.stream(of).iterator(); left.hasNext(); ) {
      step.on(left.next());
    }
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
    Page.@Nullable Mark last = page(reading, step, null);
    while (last != null) {
      last = page(reading, step, last);
    }
  }

  /** One page; what follows comes behind the mark, if anything does. */
  private static <T> Page.@Nullable Mark page(
      Function<Page.Request, Page<T>> reading, Step<List<T>> step, Page.@Nullable Mark after)
      throws IOException {
    Page<T> page = reading.apply(new Page.Request(after, AT_ONCE));
    if (!page.items().isEmpty()) {
      step.on(page.items());
    }
    return page.next();
  }
}
