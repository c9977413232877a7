package io.engage.spi;

import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import java.time.Instant;
import java.util.List;

/**
 * Knows who is in a conversation just now, so that colleagues see each other. It is forgotten by
 * itself and leaves no trace.
 *
 * <p><b>Callers.</b> Agents' threads on several machines, every few seconds for each open page.
 *
 * <p><b>Failure.</b> When it throws, agents work on without seeing each other.
 *
 * <p>{@code AttendanceContract} in engage-testkit has a test for each promise on this page.
 */
public interface Attendance {

  /** Notes that an agent is there until {@link Attendee#until()}, instead of what was noted. */
  void attend(ConversationId conversation, Attendee attendee);

  /** Forgets that an agent is there. */
  void leave(ConversationId conversation, AgentId agent);

  /** Who is there: those whose {@code until} is after {@code now}, in order of their ids. */
  List<Attendee> attending(ConversationId conversation, Instant now);
}
