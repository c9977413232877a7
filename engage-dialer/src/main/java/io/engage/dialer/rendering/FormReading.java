package io.engage.dialer.rendering;

import java.util.List;

/** What came of reading what all mails of a list have in common. */
public sealed interface FormReading {

  /** Mails can be made of it. */
  record Ready(MailForm form) implements FormReading {}

  /** None can; each problem in words for whoever set it up. */
  record Refused(List<String> problems) implements FormReading {
    public Refused {
      problems = List.copyOf(problems);
    }

    /** All of them in one sentence. */
    public String reason() {
      return String.join("; ", problems);
    }
  }
}
