package io.engage.core;

import io.engage.core.searching.Column;
import io.engage.core.searching.Expression;
import io.engage.core.searching.FilterLanguage;
import io.engage.core.searching.Meaning;
import io.engage.core.searching.Names;
import io.engage.core.searching.SideThreads;
import io.engage.core.searching.Understanding;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists conversations in the inboxes that an agent may read, and understands what is typed. */
final class Lists {
  /** Each is a question to the host's directory. */
  private static final int MOST_LOOKED_UP = 20;

  private static final int MOST_FOUND = 199;
  private static final int MOST_CAMPAIGNS = 1000;

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Identities identities;
  private final FilterLanguage language = new FilterLanguage();
  private final Meaning meaning = new Meaning();
  private final SideThreads sideThreads = new SideThreads();

  Lists(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
    this.identities = new Identities(parts);
  }

  Page<Conversation> list(ConversationFilter filter, Page.Request page) {
    Set<InboxId> wanted = filter.inboxes().isEmpty() ? permitting.allInboxes() : filter.inboxes();
    Set<InboxId> readable = permitting.permitted(AgentAction.READ, wanted);
    return readable.isEmpty()
        ? new Page<>(List.of(), null)
        : parts.storage().search().find(sideThreads.decide(filter).inInboxes(readable), page);
  }

  Outcome<Page<Conversation>> besides(ConversationId conversation, Page.Request page) {
    return permitting.onConversation(
        AgentAction.READ,
        conversation,
        found ->
            new Outcome.Done<>(
                list(
                    ConversationFilter.all().matching(new Criterion.Besides(conversation)), page)));
  }

  Listing search(Search search, Page.Request page) {
    List<Expression> expressions = new ArrayList<>();
    Optional<Listing> mistake = read(search, expressions);
    if (mistake.isPresent()) {
      return mistake.get();
    }
    if (expressions.isEmpty()) {
      return new Listing.Found(list(search.filter(), page));
    }
    Expression all = new Expression.And(expressions);
    Set<String> words = new HashSet<>(meaning.customerWords(all));
    words.addAll(meaning.agentWords(all));
    return words.size() > MOST_LOOKED_UP ? tooMany() : found(search, all, page);
  }

  private Listing found(Search search, Expression all, Page.Request page) {
    Map<String, List<CustomerId>> customers = customers(all);
    Map<String, List<AgentId>> agents = agents(all);
    Set<String> cut = cut(customers);
    cut.addAll(cut(agents));
    Page<Conversation> found =
        list(narrowed(search, all, standingFor(customers), standing(agents)), page);
    return new Listing.Found(found, cut);
  }

  private static Listing tooMany() {
    return new Listing.Misunderstood(
        "",
        1,
        "at most %d words can be looked up among customers and agents. Put words in quotes, or name the"
                .formatted(MOST_LOOKED_UP)
            + " column of each");
  }

  private Optional<Listing> read(Search search, List<Expression> to) {
    Optional<Listing> mistake = read("", search.text(), language::decide, to);
    for (Map.Entry<String, String> each : search.columns().entrySet()) {
      if (mistake.isEmpty()) {
        mistake = readColumn(each.getKey(), each.getValue(), to);
      }
    }
    return mistake;
  }

  private Optional<Listing> readColumn(String name, String typed, List<Expression> to) {
    Optional<Column> column = Column.find(name);
    return column.isEmpty()
        ? Optional.of(
            new Listing.Misunderstood(
                name, 1, "there is no such column. There are " + Column.all()))
        : read(name, typed, expression -> language.decide(column.get(), expression), to);
  }

  private static Optional<Listing> read(
      String column, String typed, Function<String, Understanding> reading, List<Expression> to) {
    if (typed.isBlank()) {
      return Optional.empty();
    }
    Understanding understanding = reading.apply(typed);
    if (understanding instanceof Understanding.Understood understood) {
      to.add(understood.expression());
      return Optional.empty();
    }
    Understanding.Misunderstood mistake = (Understanding.Misunderstood) understanding;
    return Optional.of(new Listing.Misunderstood(column, mistake.column(), mistake.reason()));
  }

  private ConversationFilter narrowed(
      Search search,
      Expression all,
      Map<String, Set<CustomerId>> customers,
      Map<String, Set<AgentId>> agents) {
    Instant now = parts.clock().instant();
    Names names =
        new Names(agent.id(), search.zone(), now, inboxes(all), customers, agents, campaigns(all));
    Criterion criterion = meaning.decide(all, names);
    Criterion given = search.filter().criterion();
    return search
        .filter()
        .matching(given == null ? criterion : new Criterion.All(List.of(given, criterion)));
  }

  private Map<String, Set<InboxId>> inboxes(Expression all) {
    Set<String> words = meaning.inboxWords(all);
    List<Inbox> stored = words.isEmpty() ? List.of() : parts.storage().inboxes().inboxes();
    Map<String, Set<InboxId>> found = new HashMap<>();
    for (String each : words) {
      found.put(
          each,
          stored.stream()
              .filter(inbox -> isCalled(inbox, each))
              .map(Inbox::id)
              .collect(Collectors.toSet()));
    }
    return found;
  }

  private static boolean isCalled(Inbox inbox, String words) {
    return inbox.id().value().equalsIgnoreCase(words)
        || inbox.name().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  private Map<String, Set<CampaignId>> campaigns(Expression all) {
    Set<String> words = meaning.campaignWords(all);
    List<Campaign> stored =
        words.isEmpty() ? List.of() : DocumentPages.campaigns(parts.storage().documents());
    Map<String, Set<CampaignId>> found = new HashMap<>();
    for (String each : words) {
      found.put(
          each,
          stored.stream()
              .filter(campaign -> isCalled(campaign, each))
              .map(Campaign::id)
              .collect(Collectors.toSet()));
    }
    return found;
  }

  private static boolean isCalled(Campaign campaign, String words) {
    return campaign.id().value().equalsIgnoreCase(words)
        || campaign.name().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  private Map<String, List<CustomerId>> customers(Expression all) {
    return lookedUp(meaning.customerWords(all), parts.customers()::search, Customer::id);
  }

  private Map<String, List<AgentId>> agents(Expression all) {
    return lookedUp(meaning.agentWords(all), parts.agents()::search, Agent::id);
  }

  /** One more than is looked for, to know whether there are. */
  private static <T, I> Map<String, List<I>> lookedUp(
      Set<String> words, BiFunction<String, Integer, List<T>> search, Function<T, I> id) {
    Map<String, List<I>> found = new HashMap<>();
    for (String each : words) {
      found.put(each, search.apply(each, MOST_FOUND + 1).stream().map(id).toList());
    }
    return found;
  }

  private static <I> Set<String> cut(Map<String, List<I>> found) {
    return found.entrySet().stream()
        .filter(each -> each.getValue().size() > MOST_FOUND)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Map<String, Set<AgentId>> standing(Map<String, List<AgentId>> known) {
    Map<String, Set<AgentId>> standing = new HashMap<>();
    known.forEach(
        (words, agents) ->
            standing.put(words, agents.stream().limit(MOST_FOUND).collect(Collectors.toSet())));
    return standing;
  }

  /** What was exchanged with somebody who was merged into another stands with that one. */
  private Map<String, Set<CustomerId>> standingFor(Map<String, List<CustomerId>> known) {
    Map<CustomerId, CustomerId> now =
        identities.now(known.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
    Map<String, Set<CustomerId>> standing = new HashMap<>();
    known.forEach(
        (words, customers) ->
            standing.put(
                words,
                customers.stream()
                    .limit(MOST_FOUND)
                    .flatMap(each -> Stream.of(each, now.getOrDefault(each, each)))
                    .collect(Collectors.toSet())));
    return standing;
  }
}
