package io.engage.jpa;

import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Claim;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.conversation.Page.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statement for a page of conversations.
 *
 * @param conjuncts each of them has to hold
 * @param words each of them has to be there
 * @param after the page begins behind it; null for the first page
 * @param rows at most so many
 */
record ConversationQuery(
    List<Criterion> conjuncts, List<String> words, Order order, @Nullable Mark after, int rows) {
  private static final Criterion COMPLETED = new Criterion.Is(Claim.COMPLETED);
  private static final Criterion OPEN = new Criterion.Not(COMPLETED);

  /** Jumps from each inbox to the next along the index: there are few, and very many rows. */
  private static final String ALL_INBOXES =
      """
      (with recursive found(inbox) as (
      (select inbox from engage_conversation order by inbox limit 1)
      union all
      select (select c.inbox from engage_conversation c where c.inbox > found.inbox \
      order by c.inbox limit 1) from found where found.inbox is not null)
      select inbox from found where inbox is not null) as list(key)\
      """;

  /** The database looks for a way of its own. */
  Clause plain() {
    return plain(conditions(conjuncts));
  }

  /** Looks only at these conversations, in whatever order they are given. */
  Clause among(List<String> ids) {
    List<Clause> all = conditions(conjuncts);
    all.add(Clause.of("c.id = any (?)", ids));
    return plain(all);
  }

  /** One walk along an index for each list that is needed to reach everything, made one. */
  Clause walking() {
    ListWay.Choice choice = ListWay.choose(conjuncts);
    Optional<ListWay> way = choice.way();
    boolean isByFacet = way.filter(each -> each.kind() == ListWay.Kind.FACET).isPresent();
    List<Criterion> rest = new ArrayList<>(choice.rest());
    Completion completion = Completion.takenFrom(rest);
    String column = way.map(ListWay::kind).orElse(ListWay.Kind.INBOX).column();
    return Clause.joined(
        "select " + ConversationTable.COLUMNS + " from (",
        isByFacet ? "select distinct" : "select",
        " k.id, k.last_at, k.priority from ",
        way.map(each -> each.lists()).orElse(Clause.of(ALL_INBOXES)),
        completion.source(),
        " cross join lateral (",
        isByFacet ? facetWalk(completion, rest) : walk(column, completion, rest),
        Clause.of(") k order by " + sorting("k.priority", "k.last_at", "k.id") + " limit ?", rows),
        ") k join engage_conversation c on c.id = k.id order by ",
        sorting("k.priority", "k.last_at", "k.id"));
  }

  private Clause plain(List<Clause> conditions) {
    conditions.addAll(behind("c.priority", "c.last_at", "c.id"));
    return Clause.joined(
        "select " + ConversationTable.COLUMNS + " from engage_conversation c where ",
        Clause.all(conditions),
        ending("c.priority", "c.last_at", "c.id"));
  }

  private Clause walk(String column, Completion completion, List<Criterion> rest) {
    List<Clause> all = new ArrayList<>();
    all.add(Clause.of("c." + column + " = list.key"));
    all.add(Clause.of(completion.condition("c.completed")));
    all.addAll(behind("c.priority", "c.last_at", "c.id"));
    all.addAll(conditions(rest));
    return Clause.joined(
        "select c.id, c.last_at, c.priority from engage_conversation c where ",
        Clause.all(all),
        ending("c.priority", "c.last_at", "c.id"));
  }

  /**
   * Each conversation is looked at in its turn, so that no more of them are than the page needs.
   */
  private Clause facetWalk(Completion completion, List<Criterion> rest) {
    List<Clause> all = new ArrayList<>();
    all.add(Clause.of("f.facet = list.key"));
    all.add(Clause.of(completion.condition("f.completed")));
    all.addAll(behind("c.priority", "f.last_at", "f.conversation"));
    all.addAll(between("f.last_at", rest));
    return Clause.joined(
        "select f.conversation as id, f.last_at, c.priority from engage_conversation_facet f",
        " cross join lateral (select c.priority from engage_conversation c",
        " where c.id = f.conversation and ",
        Clause.all(conditions(rest)),
        " offset 0) c where ",
        Clause.all(all),
        ending("c.priority", "f.last_at", "f.conversation"));
  }

  private List<Clause> conditions(List<Criterion> some) {
    List<Clause> all = new ArrayList<>();
    all.add(Clause.of("c.messages > 0"));
    some.forEach(each -> all.add(CriterionSql.of(each)));
    words.forEach(word -> all.add(CriterionSql.hasWord(word)));
    return all;
  }

  private List<Clause> behind(String priority, String time, String id) {
    if (after == null) {
      return List.of();
    }
    return List.of(
        switch (order) {
          case NEWEST_FIRST ->
              Clause.of("(%s, %s) < (?, ?)".formatted(time, id), after.at(), after.id());
          case OLDEST_FIRST ->
              Clause.of("(%s, %s) > (?, ?)".formatted(time, id), after.at(), after.id());
          case URGENT_FIRST ->
              Clause.of(
                  "(%s, %s, %s) > (?, ?, ?)".formatted(priority, time, id),
                  after.rank(),
                  after.at(),
                  after.id());
        });
  }

  /** What the criteria say of the newest message, of another column that has its time. */
  private static List<Clause> between(String column, List<Criterion> some) {
    List<Clause> bounds = new ArrayList<>();
    for (Criterion each : some) {
      if (each instanceof Criterion.Since since && since.column() == TimeColumn.NEWEST) {
        bounds.add(Clause.of(column + " >= ?", since.start()));
      } else if (each instanceof Criterion.Before before && before.column() == TimeColumn.NEWEST) {
        bounds.add(Clause.of(column + " < ?", before.end()));
      }
    }
    return bounds;
  }

  private Clause ending(String priority, String time, String id) {
    return Clause.of(" order by " + sorting(priority, time, id) + " limit ?", rows);
  }

  private String sorting(String priority, String time, String id) {
    return switch (order) {
      case NEWEST_FIRST -> "%s desc, %s desc".formatted(time, id);
      case OLDEST_FIRST -> "%s, %s".formatted(time, id);
      case URGENT_FIRST -> "%s, %s, %s".formatted(priority, time, id);
    };
  }

  /** Open and completed ones stand apart in the indexes. */
  private enum Completion {
    OPEN("not %s", ""),
    COMPLETED("%s", ""),
    BOTH("%s = done.completed", " cross join (values (false), (true)) as done(completed)");

    private final String condition;
    private final String source;

    Completion(String condition, String source) {
      this.condition = condition;
      this.source = source;
    }

    static Completion takenFrom(List<Criterion> rest) {
      if (rest.remove(ConversationQuery.OPEN)) {
        return OPEN;
      }
      return rest.remove(ConversationQuery.COMPLETED) ? COMPLETED : BOTH;
    }

    String condition(String column) {
      return condition.formatted(column);
    }

    String source() {
      return source;
    }
  }
}
