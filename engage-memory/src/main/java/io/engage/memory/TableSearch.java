package io.engage.memory;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.ConversationSearch;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers lists from the tables' sorted indexes. */
final class TableSearch implements ConversationSearch {
  private final Tables tables;

  TableSearch(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Page<Conversation> find(ConversationFilter filter, Page.Request page) {
    return tables.guard().read(() -> tables.conversations().find(filter, page));
  }

  @Override
  public List<Conversation> sms(Collection<PhoneNumber> numbers) {
    return tables.guard().read(() -> tables.conversations().sms(numbers));
  }

  @Override
  public List<Conversation> numbered(Collection<ConversationNumber> numbers) {
    return tables.guard().read(() -> tables.conversations().numbered(numbers));
  }

  @Override
  public List<Message> naming(Collection<RfcMessageId> ids) {
    return tables.guard().read(() -> tables.messages().naming(ids));
  }

  @Override
  public Page<Message> messagesIn(Collection<ConversationId> conversations, Page.Request page) {
    return tables.guard().read(() -> tables.messages().newestIn(conversations, page));
  }

  @Override
  public Page<Message> newestIn(ConversationId conversation, Page.Request page) {
    return tables.guard().read(() -> tables.messages().newestIn(List.of(conversation), page));
  }

  @Override
  public Page<Message> historyOf(
      Collection<CustomerId> customers,
      Collection<InboxId> inboxes,
      @Nullable Channel channel,
      Page.Request page) {
    Set<CustomerId> whose = Set.copyOf(customers);
    Set<InboxId> wanted = Set.copyOf(inboxes);
    return tables.guard().read(() -> tables.messages().historyOf(whose, wanted, channel, page));
  }
}
