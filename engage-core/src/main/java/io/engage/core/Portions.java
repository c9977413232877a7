package io.engage.core;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.spi.AuditTrail;
import io.engage.spi.ConversationSearch;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be very much, read a portion at a time, and only as far as somebody looks. */
final class Portions {
  private static final Page.Request FIRST = Page.Request.first(ConversationSearch.PORTION);

  private Portions() {}

  /** The messages of these conversations, deleted ones not included, newest first. */
  static Stream<Message> messagesIn(
      ConversationSearch search, Collection<ConversationId> conversations) {
    return Stream.iterate(
            Optional.of(search.messagesIn(conversations, FIRST)),
            Optional::isPresent,
            page ->
                page.flatMap(each -> Optional.ofNullable(each.next()))
                    .map(last -> search.messagesIn(conversations, FIRST.after(last))))
        .flatMap(Optional::stream)
        .flatMap(page -> page.items().stream());
  }

  /** What happened to a conversation and to each of its messages, oldest first. */
  static Stream<AuditEntry> trail(AuditTrail audit, ConversationId conversation) {
    return trail(after -> audit.ofConversation(conversation, after, AuditTrail.PORTION));
  }

  /** What happened to a message and to its conversation as a whole, oldest first. */
  static Stream<AuditEntry> trail(AuditTrail audit, MessageId message) {
    return trail(after -> audit.ofMessage(message, after, AuditTrail.PORTION));
  }

  private static Stream<AuditEntry> trail(
      Function<@Nullable AuditEntryId, List<AuditEntry>> portionAfter) {
    return Stream.iterate(
            portionAfter.apply(null),
            Predicate.not(List::isEmpty),
            some ->
                some.size() < AuditTrail.PORTION
                    ? List.of()
                    : portionAfter.apply(some.get(some.size() - 1).id()))
        .flatMap(List::stream);
  }
}
