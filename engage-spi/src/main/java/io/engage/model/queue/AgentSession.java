package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does just now, and how often they were served. It is kept when they go, and its
 * version is what keeps two nodes from giving one agent too much: every offer to them, and every
 * conversation that they accept, stores it anew.
 *
 * @param online whether they are signed in
 * @param pause the type of their break, as the host names it; null while they are on none
 * @param since when {@code online} or {@code pause} last changed, UTC
 * @param begun when they signed in last, UTC; null when they never did
 * @param served by the inbox, what they were given there
 */
public record AgentSession(
    Agent agent,
    boolean online,
    @Nullable String pause,
    Instant since,
    @Nullable Instant begun,
    Map<InboxId, Served> served,
    long version)
    implements Document {
  /** How long the name of a break may be. */
  public static final int LONGEST_PAUSE = 100;

  /** The break on which an agent goes who let an offer pass without a word. */
  public static final String NO_ANSWER = "no-answer";

  /**
   * The break on which an agent is shown who works on a conversation of an inbox with {@link
   * io.engage.model.inbox.Eligibility#IN_CALL}, until they are done with it. It is written nowhere.
   */
  public static final String HANDLING = "handling";

  public AgentSession {
    requireNonNull(agent, "agent");
    requireNonNull(since, "since");
    Map<InboxId, Served> sorted = new TreeMap<>(Comparator.comparing(InboxId::value));
    sorted.putAll(served);
    served = Collections.unmodifiableMap(sorted);
    if (pause != null && (pause.isBlank() || pause.length() > LONGEST_PAUSE)) {
      throw new IllegalArgumentException(
          "The type of a break has 1 to %d characters".formatted(LONGEST_PAUSE));
    }
  }

  /**
   * What an agent was given in one inbox.
   *
   * @param today how many since the day began
   * @param day in the time zone of the inbox
   * @param last when the newest, UTC
   */
  public record Served(int today, LocalDate day, Instant last) {
    public Served {
      requireNonNull(day, "day");
      requireNonNull(last, "last");
    }
  }

  /** Of somebody who was never there. */
  public static AgentSession never(Agent agent, Instant now) {
    return new AgentSession(agent, false, null, now, null, Map.of(), 0);
  }

  public static DocumentKey keyOf(AgentId agent) {
    return new DocumentKey(DocumentKey.Kind.AGENT_SESSION, agent.value());
  }

  public boolean isOnBreak() {
    return pause != null;
  }

  /** They sign in. */
  public AgentSession signedIn(Agent now, Instant at) {
    return new AgentSession(now, true, null, at, at, served, version);
  }

  /** They are gone, whoever said so. */
  public AgentSession signedOut(Instant at) {
    return new AgentSession(agent, false, null, at, begun, served, version);
  }

  /** They are on break, or on none when {@code type} is null. */
  public AgentSession paused(@Nullable String type, Instant at) {
    return new AgentSession(agent, online, type, at, begun, served, version);
  }

  /** One more was given to them. */
  public AgentSession served(InboxId inbox, LocalDate day, Instant at) {
    Served before = served.get(inbox);
    int today = before == null || !before.day().equals(day) ? 0 : before.today();
    Map<InboxId, Served> all = new TreeMap<>(Comparator.comparing(InboxId::value));
    all.putAll(served);
    all.put(inbox, new Served(today + 1, day, at));
    return new AgentSession(agent, online, pause, since, begun, all, version);
  }

  @Override
  public DocumentKey key() {
    return keyOf(agent.id());
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public AgentSession withVersion(long newVersion) {
    return new AgentSession(agent, online, pause, since, begun, served, newVersion);
  }
}
