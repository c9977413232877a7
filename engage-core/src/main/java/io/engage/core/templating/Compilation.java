package io.engage.core.templating;

import java.util.List;

/** What came of reading a template. */
public sealed interface Compilation {

  /**
   * It can be filled in.
   *
   * @param overlooked where a field seems to begin that is none, so that it stays as it is
   */
  record Ready(FilledText.Form form, List<Problem> overlooked) implements Compilation {
    public Ready {
      overlooked = List.copyOf(overlooked);
    }
  }

  /** It cannot; each problem with its place. */
  record Refused(List<Problem> problems) implements Compilation {
    public Refused {
      problems = List.copyOf(problems);
    }

    /** All of it in one sentence for whoever wrote the template. */
    public String reason() {
      return String.join("; ", problems.stream().map(Problem::toString).toList());
    }
  }
}
