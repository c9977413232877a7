package io.engage.dialer.forecasting;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** When the last mail of a campaign will go out, if nothing holds it up. */
public sealed interface Forecast {

  /** At this moment. */
  record At(Instant finish) implements Forecast {
    public At {
      requireNonNull(finish, "finish");
    }
  }

  /** Not all of them will; {@code reason} can be shown to the agent. */
  record Never(String reason) implements Forecast {
    public Never {
      requireNonNull(reason, "reason");
    }
  }
}
