package io.engage.jpa;

import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists of messages by their time, made one. Each has a value of every key, and is one walk along
 * an index.
 *
 * @param keys at least one, each with the values that are wanted of it
 * @param rest what else has to be so of a row {@code m} of engage_message
 */
record MessageLists(List<Key> keys, List<Clause> rest, boolean isNewestFirst) {

  private record Key(String column, List<String> values) {}

  MessageLists {
    keys = List.copyOf(keys);
    rest = List.copyOf(rest);
  }

  /** Without deleted ones. */
  static MessageLists shownIn(Collection<ConversationId> conversations) {
    return of(
        List.of(
            new Key("conversation", distinct(Clause.values(conversations, ConversationId::value)))),
        Clause.of("m.removal = 'none'"));
  }

  /** Deleted ones too. */
  static MessageLists historyOf(
      Collection<CustomerId> customers, Collection<InboxId> inboxes, @Nullable Channel channel) {
    List<Channel> channels = channel == null ? List.of(Channel.values()) : List.of(channel);
    return of(
        List.of(
            new Key("customer", distinct(Clause.values(customers, CustomerId::value))),
            new Key("channel", Clause.values(channels, Channel::code))),
        Clause.isAnyOf("m.inbox", distinct(Clause.values(inboxes, InboxId::value))));
  }

  /** Those of ours that have come this far, without deleted ones. */
  static MessageLists outgoing(Collection<InboxId> inboxes, Collection<Delivery> deliveries) {
    return of(
        List.of(
            new Key("inbox", distinct(Clause.values(inboxes, InboxId::value))),
            new Key("delivery", distinct(Clause.values(deliveries, Delivery::code)))),
        Clause.of("m.delivery <> 'none'"),
        Clause.of("m.removal = 'none'"));
  }

  /** All that is held from before this moment, deleted ones too. */
  static MessageLists olderThan(InboxId inbox, Instant before) {
    return of(
        List.of(new Key("inbox", List.of(inbox.value()))),
        Clause.of("m.at < ?", before),
        Clause.of("m.removal <> 'erased'"));
  }

  private static MessageLists of(List<Key> keys, Clause... rest) {
    return new MessageLists(keys, List.of(rest), false);
  }

  MessageLists newestFirst() {
    return new MessageLists(keys, rest, true);
  }

  Page<Message> page(Session session, Page.Request page) throws SQLException {
    Clause statement =
        keys.stream().allMatch(key -> key.values().size() == 1)
            ? plain(page)
            : session.dialect().listed(walking(page), plain(page));
    return Pages.of(
        session.list(statement, MessageTable::read),
        page,
        each -> new Mark(each.at(), each.id().value()));
  }

  private Clause plain(Page.Request page) {
    List<Clause> all = conditions(page);
    keys.forEach(key -> all.add(Clause.isAnyOf("m." + key.column(), key.values())));
    return Clause.joined(
        "select " + MessageTable.COLUMNS + " from engage_message m where ",
        Clause.all(all),
        ending("m", page));
  }

  private Clause walking(Page.Request page) {
    List<Clause> all = conditions(page);
    keys.forEach(key -> all.add(Clause.of("m.%1$s = by_%1$s.key".formatted(key.column()))));
    return Clause.joined(
        "select " + MessageTable.COLUMNS + " from (select k.id, k.at from ",
        Clause.joined(keys.stream().flatMap(MessageLists::source).skip(1).toArray()),
        " cross join lateral (select m.id, m.at from engage_message m where ",
        Clause.all(all),
        ending("m", page),
        ") k",
        ending("k", page),
        ") k join engage_message m on m.id = k.id order by ",
        sorting("k"));
  }

  private static Stream<Object> source(Key key) {
    return Stream.of(
        " cross join ", Clause.of("unnest(?) as by_" + key.column() + "(key)", key.values()));
  }

  private List<Clause> conditions(Page.Request page) {
    List<Clause> all = new ArrayList<>(rest);
    Mark after = page.after();
    if (after != null) {
      all.add(
          Clause.of(
              "(m.at, m.id) " + (isNewestFirst ? "<" : ">") + " (?, ?)", after.at(), after.id()));
    }
    return all;
  }

  private Clause ending(String row, Page.Request page) {
    return Clause.of(" order by " + sorting(row) + " limit ?", page.limit() + 1);
  }

  private String sorting(String row) {
    return (isNewestFirst ? "%1$s.at desc, %1$s.id desc" : "%1$s.at, %1$s.id").formatted(row);
  }

  private static List<String> distinct(List<String> values) {
    return values.stream().distinct().toList();
  }
}
