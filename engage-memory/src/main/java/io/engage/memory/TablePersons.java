package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Person;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.PersonSearch;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what is held on a person in the tables' indexes; drafts and the outbox are short. */
final class TablePersons implements PersonSearch {
  private final Tables tables;

  TablePersons(Tables tables) {
    this.tables = tables;
  }

  @Override
  public List<Conversation> conversations(
      Person person, @Nullable ConversationId after, int limit) {
    return tables
        .guard()
        .read(
            () -> {
              NavigableSet<String> ids =
                  tables.messages().held().conversations(person, after, limit);
              ids.addAll(tables.conversations().of(person, after, limit));
              return tables
                  .conversations()
                  .find(ids.stream().limit(limit).map(ConversationId::of).toList());
            });
  }

  @Override
  public List<Conversation> besides(Collection<ConversationId> conversations) {
    return tables.guard().read(() -> tables.conversations().besides(conversations));
  }

  @Override
  public List<Message> messagesOf(
      ConversationId conversation, @Nullable MessageId after, int limit) {
    return tables.guard().read(() -> tables.messages().held().in(conversation, after, limit));
  }

  @Override
  public List<Draft> drafts(Person person, @Nullable DraftId after, int limit) {
    return tables
        .drafts()
        .matching(
            draft ->
                person.concerns(draft)
                    && (after == null || draft.id().value().compareTo(after.value()) > 0))
        .stream()
        .limit(limit)
        .toList();
  }

  @Override
  public List<BlobUse> usesOf(Collection<ContentDigest> blobs, Collection<MessageId> but) {
    Set<String> ids = but.stream().map(MessageId::value).collect(Collectors.toSet());
    return tables.guard().read(() -> tables.blobUses().of(blobs, ids));
  }

  @Override
  public List<OutboxEntry> owedFor(Collection<MessageId> messages) {
    return tables.outbox().owedFor(Set.copyOf(messages));
  }

  @Override
  public Page<Message> olderThan(InboxId inbox, Instant before, Page.Request page) {
    return tables.guard().read(() -> tables.messages().held().olderThan(inbox, before, page));
  }
}
