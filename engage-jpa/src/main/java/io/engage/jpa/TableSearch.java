package io.engage.jpa;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.ConversationSearch;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers lists by walks along the tables' indexes. */
final class TableSearch implements ConversationSearch {
  /** So many of one number are looked at, open and completed ones each. */
  private static final int MOST_SMS = 20;

  private static final String SMS =
      "select "
          + ConversationTable.COLUMNS
          + """
           from engage_conversation where id in (
            select conversation from (
              select conversation, row_number() over (
                partition by facet, completed order by last_at desc, conversation desc) as place
              from engage_conversation_facet where facet = any (?)) as placed
            where place <= ?)
          order by last_at desc, id desc\
          """;

  private final Database database;
  private final WordIndex words;

  TableSearch(Database database) {
    this(database, database.dialect().words());
  }

  TableSearch(Database database, WordIndex words) {
    this.database = database;
    this.words = words;
  }

  @Override
  public Page<Conversation> find(ConversationFilter filter, Page.Request page) {
    ConversationQuery query =
        new ConversationQuery(
            Conjuncts.of(filter),
            Conjuncts.words(filter),
            filter.order(),
            page.after(),
            page.limit() + 1);
    Function<Conversation, Mark> marks = marks(filter.order());
    return database.ask(
        session ->
            Pages.of(
                session.list(statement(session, query), ConversationTable::read), page, marks));
  }

  private Clause statement(Session session, ConversationQuery query) throws SQLException {
    Optional<Clause> needed = Trigrams.needed(query.words(), query.conjuncts());
    Optional<List<String>> few =
        needed.isPresent() ? words.few(session, needed.get()) : Optional.empty();
    return few.isPresent() ? query.among(few.get()) : session.dialect().page(query);
  }

  private static Function<Conversation, Mark> marks(Order order) {
    return order == Order.URGENT_FIRST
        ? each -> new Mark(each.state().priority(), each.lastMessageAt(), each.id().value())
        : each -> new Mark(each.lastMessageAt(), each.id().value());
  }

  @Override
  public List<Conversation> sms(Collection<PhoneNumber> numbers) {
    List<String> facets = numbers.stream().map(FacetTable::ofPhone).distinct().toList();
    return facets.isEmpty()
        ? List.of()
        : database.ask(session -> session.list(SMS, ConversationTable::read, facets, MOST_SMS));
  }

  @Override
  public List<Conversation> numbered(Collection<ConversationNumber> numbers) {
    return numbers.isEmpty()
        ? List.of()
        : database.ask(
            session ->
                session.list(
                    "select "
                        + ConversationTable.COLUMNS
                        + " from engage_conversation where number = any (?)",
                    ConversationTable::read,
                    numbers.stream().map(ConversationNumber::value).distinct().toList()));
  }

  @Override
  public List<Message> naming(Collection<RfcMessageId> ids) {
    return ids.isEmpty()
        ? List.of()
        : database.ask(
            session ->
                session.list(
                    "select "
                        + MessageTable.COLUMNS
                        + " from engage_message where id in (select message"
                        + " from engage_message_name where not own and name = any (?))",
                    MessageTable::read,
                    MessageNames.of(ids)));
  }

  @Override
  public Page<Message> messagesIn(Collection<ConversationId> conversations, Page.Request page) {
    return conversations.isEmpty()
        ? new Page<>(List.of(), null)
        : database.ask(
            session -> MessageLists.shownIn(conversations).newestFirst().page(session, page));
  }

  @Override
  public Page<Message> newestIn(ConversationId conversation, Page.Request page) {
    return database.ask(
        session -> MessageLists.shownIn(List.of(conversation)).newestFirst().page(session, page));
  }

  @Override
  public Page<Message> historyOf(
      Collection<CustomerId> customers,
      Collection<InboxId> inboxes,
      @Nullable Channel channel,
      Page.Request page) {
    MessageLists lists = MessageLists.historyOf(customers, inboxes, channel);
    return database.ask(session -> lists.newestFirst().page(session, page));
  }
}
