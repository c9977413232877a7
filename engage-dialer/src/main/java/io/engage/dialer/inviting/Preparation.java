package io.engage.dialer.inviting;

import java.util.List;

/** What came of reading the event of a campaign. */
public sealed interface Preparation {

  /** Rows can be invited to it. */
  record Ready(EventForm form) implements Preparation {}

  /** Nobody can. */
  record Refused(List<EventProblem> problems) implements Preparation {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
