package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.spi.Attendance;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One row for each agent in each conversation; what was over long ago goes when somebody comes. */
final class AttendanceTable implements Attendance {
  /** Clocks of nodes differ, but not by that much. */
  private static final long LONG_AGO = Duration.ofDays(1).toNanos();

  private static final int SWEPT_AT_ONCE = 100;
  private static final Body<Attendee> BODY = Body.of(Attendee.class);

  private final Database database;

  AttendanceTable(Database database) {
    this.database = database;
  }

  @Override
  public void attend(ConversationId conversation, Attendee attendee) {
    database.change(
        session -> {
          session.put(
              "engage_attendance",
              2,
              List.of("conversation", "agent", "ends_at", "form", "body"),
              conversation.value(),
              attendee.agent().id().value(),
              attendee.until(),
              StoredForm.CURRENT,
              BODY.write(attendee));
          return sweep(session, attendee.until());
        });
  }

  /** Few at a time, and none that somebody else is just sweeping. */
  private static int sweep(Session session, Instant until) throws SQLException {
    return session.update(
        """
        delete from engage_attendance where (conversation, agent) in (
          select conversation, agent from engage_attendance
          where ends_at < ? order by ends_at limit ? for update skip locked)\
        """,
        Math.max(Moments.of(until), Long.MIN_VALUE + LONG_AGO) - LONG_AGO,
        SWEPT_AT_ONCE);
  }

  @Override
  public void leave(ConversationId conversation, AgentId agent) {
    database.change(
        session ->
            session.update(
                "delete from engage_attendance where conversation = ? and agent = ?",
                conversation.value(),
                agent.value()));
  }

  @Override
  public List<Attendee> attending(ConversationId conversation, Instant now) {
    return database.ask(
        session ->
            session.list(
                """
                select form, body from engage_attendance
                where conversation = ? and ends_at > ? order by agent\
                """,
                BODY::read,
                conversation.value(),
                now));
  }
}
