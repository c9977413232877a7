package io.engage.core;

import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.ServerFolder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says how often the flags of a whole folder are listed where a server does not count their changes
 * (no CONDSTORE, RFC 7162): at the first look of this process, and {@link #EVERY} so often then,
 * whatever the number of looks. What was read elsewhere is noticed with that delay; what was
 * deleted is noticed at once, since the number of mails tells of it.
 */
final class FlagPace {
  static final Duration EVERY = Duration.ofMinutes(5);

  private final Clock clock;
  private final Map<ServerFolder, Instant> listed = new ConcurrentHashMap<>();

  FlagPace(Clock clock) {
    this.clock = clock;
  }

  boolean isDue(FolderState state) {
    Instant last = listed.get(state.folder());
    return last == null || !clock.instant().isBefore(last.plus(EVERY));
  }

  void wasListed(FolderState state) {
    listed.put(state.folder(), clock.instant());
  }
}
