package io.engage.dialer.inviting;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.OutboundCalendar;
import java.util.List;

/** What came of inviting one recipient. */
public sealed interface Invitation {

  /** It goes with the mail. */
  record Ready(OutboundCalendar calendar) implements Invitation {
    public Ready {
      requireNonNull(calendar, "calendar");
    }
  }

  /** This recipient cannot be invited. */
  record Refused(List<EventProblem> problems) implements Invitation {
    public Refused {
      problems = List.copyOf(problems);
    }

    /** All of it in one sentence. */
    public String reason() {
      return String.join("; ", problems.stream().map(EventProblem::toString).toList());
    }
  }
}
