package io.engage.core.searching;

import io.engage.core.searching.Expression.Term;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.conversation.Tags;
import io.engage.model.inbox.AgentId;
import io.engage.model.message.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Says what a filter means in terms that a store can look up. */
public final class Meaning {

  /** The words that have to be looked up among inboxes, before it can be said. */
  public Set<String> inboxWords(Expression expression) {
    return words(expression, Column.INBOX);
  }

  /** The words that have to be looked up among customers, before it can be said. */
  public Set<String> customerWords(Expression expression) {
    return words(expression, Column.CUSTOMER);
  }

  /** The words that have to be looked up among agents, before it can be said. */
  public Set<String> agentWords(Expression expression) {
    Set<String> words = words(expression, Column.AGENT);
    words.addAll(behind(expression, Column.HANDLED));
    words.removeIf(Meaning::isOneself);
    return words;
  }

  /** The words that have to be looked up among campaigns, before it can be said. */
  public Set<String> campaignWords(Expression expression) {
    return behind(expression, Column.CAMPAIGN);
  }

  /** What it means, given what the words stand for. */
  public Criterion decide(Expression expression, Names names) {
    if (expression instanceof Expression.And and) {
      return new Criterion.All(and.of().stream().map(each -> decide(each, names)).toList());
    } else if (expression instanceof Expression.Or or) {
      return new Criterion.Any(or.of().stream().map(each -> decide(each, names)).toList());
    } else if (expression instanceof Expression.Not not) {
      return new Criterion.Not(decide(not.of(), names));
    } else if (expression instanceof Expression.Words words) {
      return anywhere(words.text(), names);
    }
    return term((Term) expression, names);
  }

  private static Criterion anywhere(String text, Names names) {
    List<Criterion> columns = new ArrayList<>();
    for (TextColumn column : TextColumn.values()) {
      columns.add(new Criterion.Contains(column, text));
    }
    columns.add(new Criterion.Tagged(tag(text)));
    columns.add(inboxes(text, names));
    columns.add(customers(text, names));
    names.agents().getOrDefault(text, Set.of()).stream()
        .map(Criterion.AssignedTo::new)
        .forEach(columns::add);
    return new Criterion.Any(columns);
  }

  private static Criterion term(Term term, Names names) {
    String value = term.value();
    return switch (term.column()) {
      case FROM -> new Criterion.Contains(TextColumn.FROM, value);
      case SUBJECT -> new Criterion.Contains(TextColumn.SUBJECT, value);
      case TEXT -> new Criterion.Contains(TextColumn.PREVIEW, value);
      case TAG -> new Criterion.Tagged(tag(value));
      case AGENT -> agent(value, names, Criterion.AssignedTo::new);
      case HANDLED -> agent(value, names, Criterion.HandledBy::new);
      case INBOX -> inboxes(value, names);
      case CUSTOMER -> customers(value, names);
      case CAMPAIGN -> new Criterion.ToCampaigns(names.campaigns().getOrDefault(value, Set.of()));
      case CHANNEL ->
          new Criterion.Through(value.equalsIgnoreCase("sms") ? Channel.SMS : Channel.EMAIL);
      case IS -> state(value.toLowerCase(Locale.ROOT));
      case RECEIVED -> time(TimeColumn.NEWEST, term, names);
      case OPENED -> time(TimeColumn.OPENED, term, names);
      case COMPLETED -> time(TimeColumn.COMPLETED, term, names);
      case PRIORITY -> priority(term.operator(), Integer.parseInt(value));
    };
  }

  private static Criterion agent(
      String value, Names names, Function<AgentId, Criterion> criterion) {
    if (isOneself(value)) {
      return criterion.apply(names.me());
    }
    Set<AgentId> meant = new LinkedHashSet<>(List.of(AgentId.of(value)));
    meant.addAll(names.agents().getOrDefault(value, Set.of()));
    List<Criterion> any = meant.stream().map(criterion).toList();
    return any.size() == 1 ? any.get(0) : new Criterion.Any(any);
  }

  private static boolean isOneself(String value) {
    return value.equalsIgnoreCase("me");
  }

  private static Criterion inboxes(String words, Names names) {
    return new Criterion.InInboxes(names.inboxes().getOrDefault(words, Set.of()));
  }

  private static Criterion customers(String words, Names names) {
    return new Criterion.WithCustomers(names.customers().getOrDefault(words, Set.of()));
  }

  private static Criterion state(String word) {
    return switch (word) {
      case "open" -> new Criterion.Not(new Criterion.Is(Criterion.Claim.COMPLETED));
      case "completed" -> new Criterion.Is(Criterion.Claim.COMPLETED);
      case "unread" -> new Criterion.Is(Criterion.Claim.UNREAD);
      case "linked" -> new Criterion.Is(Criterion.Claim.LINKED);
      case "side" -> new Criterion.Is(Criterion.Claim.SIDE_THREAD);
      default -> new Criterion.Is(Criterion.Claim.ASSIGNED);
    };
  }

  private static Criterion time(TimeColumn column, Term term, Names names) {
    Period period =
        Period.find(term.value(), names.zone(), names.now())
            .orElseThrow(
                () -> new IllegalArgumentException("'%s' is no date".formatted(term.value())));
    return switch (term.operator()) {
      case HAS ->
          new Criterion.All(
              List.of(
                  new Criterion.Since(column, period.start()),
                  new Criterion.Before(column, period.end())));
      case FROM -> new Criterion.Since(column, period.start());
      case AFTER -> new Criterion.Since(column, period.end());
      case UP_TO -> new Criterion.Before(column, period.end());
      case BEFORE -> new Criterion.Before(column, period.start());
    };
  }

  private static Criterion priority(Operator operator, int number) {
    Criterion upTo = new Criterion.PriorityUpTo(number);
    Criterion below = new Criterion.PriorityUpTo(number - 1);
    return switch (operator) {
      case HAS -> new Criterion.All(List.of(upTo, new Criterion.Not(below)));
      case FROM -> new Criterion.Not(below);
      case AFTER -> new Criterion.Not(upTo);
      case UP_TO -> upTo;
      case BEFORE -> below;
    };
  }

  private static String tag(String typed) {
    return Tags.parse(typed).orElse(typed);
  }

  private static Set<String> words(Expression expression, Column column) {
    Set<String> found = new LinkedHashSet<>();
    collect(expression, column, true, found);
    return found;
  }

  /** Words that name no column are not meant. */
  private static Set<String> behind(Expression expression, Column column) {
    Set<String> found = new LinkedHashSet<>();
    collect(expression, column, false, found);
    return found;
  }

  private static void collect(
      Expression expression, Column column, boolean anywhere, Set<String> to) {
    if (expression instanceof Expression.And and) {
      and.of().forEach(each -> collect(each, column, anywhere, to));
    } else if (expression instanceof Expression.Or or) {
      or.of().forEach(each -> collect(each, column, anywhere, to));
    } else if (expression instanceof Expression.Not not) {
      collect(not.of(), column, anywhere, to);
    } else if (expression instanceof Expression.Words words) {
      if (anywhere) {
        to.add(words.text());
      }
    } else if (expression instanceof Term term && term.column() == column) {
      to.add(term.value());
    }
  }
}
