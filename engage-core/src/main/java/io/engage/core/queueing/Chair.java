package io.engage.core.queueing;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentSession;
import java.time.Instant;
import java.time.LocalDate;

/** A member while a plan is made: what they have been given so far, and what they may get. */
final class Chair {
  private final Candidate candidate;
  private final int place;
  private AgentSession session;
  private Instant lastServed = Instant.MIN;
  private int servedToday;
  private boolean idle;
  private int room;
  private int turn;

  /**
   * @param place in the order of members, from 0
   */
  Chair(Candidate candidate, int place, int room) {
    this.candidate = candidate;
    this.place = place;
    this.room = room;
    this.session = candidate.session();
    this.idle = candidate.load() == 0;
  }

  /** The same with what they were given in an inbox so far. */
  Chair in(InboxId inbox, LocalDate today) {
    AgentSession.Served served = session.served().get(inbox);
    if (served != null) {
      lastServed = served.last();
      servedToday = served.day().equals(today) ? served.today() : 0;
    }
    return this;
  }

  Agent who() {
    return session.agent();
  }

  AgentId agent() {
    return candidate.agent();
  }

  int place() {
    return place;
  }

  /** Who has p is drawn with this weight. */
  int weight() {
    return 101 - candidate.member().penalty();
  }

  boolean isIdle() {
    return idle;
  }

  int room() {
    return room;
  }

  /** {@link Instant#MIN} when they never were. */
  Instant lastServed() {
    return lastServed;
  }

  int servedToday() {
    return servedToday;
  }

  /** Which offer of the plan was theirs last, from 1; 0 while none was. */
  int turn() {
    return turn;
  }

  /** They get one more: their session as the offer's commit stores it. */
  AgentSession serve(InboxId inbox, LocalDate today, Instant now, int newTurn) {
    AgentSession stored = session.served(inbox, today, now);
    session = stored.withVersion(stored.version() + 1);
    in(inbox, today);
    idle = false;
    room--;
    turn = newTurn;
    return stored;
  }
}
