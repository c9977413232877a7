package io.engage.jpa;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentId;
import io.engage.model.message.Channel;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lists of tags, of agents and of telephone numbers: a conversation may have several of each.
 */
final class FacetTable implements Part {
  private static final SideRows<Row> ROWS =
      new SideRows<>(
          "engage_conversation_facet",
          List.of("facet", "completed", "last_at", "conversation"),
          row ->
              new Row(
                  Texts.text(row.getString(1)),
                  row.getBoolean(2),
                  row.getLong(3),
                  Texts.text(row.getString(4))),
          row -> new Object[] {row.facet, row.completed, row.lastAt, row.conversation});

  static String ofTag(String tag) {
    return "tag:" + tag;
  }

  /** Of what an agent has had. */
  static String ofHandler(AgentId agent) {
    return "handler:" + agent.value();
  }

  /** Of those with whom SMS are exchanged. */
  static String ofPhone(PhoneNumber number) {
    return "sms:" + number.value();
  }

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    List<Conversation> changed = change.conversations();
    List<String> stored =
        changed.stream().filter(each -> each.version() > 0).map(each -> each.id().value()).toList();
    ROWS.change(
        session,
        stored.isEmpty() ? Set.of() : ROWS.list(session, "conversation = any (?)", stored),
        changed.stream()
            .flatMap(FacetTable::rows)
            .sorted()
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** An empty conversation stands in no list. */
  private static Stream<Row> rows(Conversation each) {
    return each.isEmpty() ? Stream.empty() : facets(each).map(facet -> row(facet, each));
  }

  private static Row row(String facet, Conversation each) {
    return new Row(facet, each.isCompleted(), Moments.of(each.lastMessageAt()), each.id().value());
  }

  private static Stream<String> facets(Conversation each) {
    return Stream.of(
            each.state().tags().stream().map(FacetTable::ofTag),
            each.state().service().handlers().stream().map(FacetTable::ofHandler),
            phones(each).map(FacetTable::ofPhone))
        .flatMap(Function.identity());
  }

  private static Stream<PhoneNumber> phones(Conversation each) {
    return each.channel() == Channel.SMS
        ? each.participants().stream()
            .filter(PhoneNumber.class::isInstance)
            .map(PhoneNumber.class::cast)
        : Stream.of();
  }

  private record Row(String facet, boolean completed, long lastAt, String conversation)
      implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int byConversation = conversation.compareTo(other.conversation);
      return byConversation != 0 ? byConversation : facet.compareTo(other.facet);
    }
  }
}
