package io.engage.cli;

import io.engage.core.recording.RecordingSearch;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which recordings a command is about. */
final class RecordingOptions {
  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "Only those whose newest message is from that day, as 2026-03-02, or later.")
  private @Nullable LocalDate from;

  @Option(
      names = "--until",
      paramLabel = "DAY",
      description = "Only those whose newest message is from that day or earlier.")
  private @Nullable LocalDate until;

  @Option(
      names = "--led",
      description =
          "Whatever was led on those days: also what was opened by then and has newer messages. The"
              + " oldest comes first then.")
  private boolean led;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Where days begin, and in which times are shown (default: where this runs).")
  private @Nullable ZoneId zone;

  @Option(
      names = "--address",
      defaultValue = "",
      paramLabel = "PART",
      description = "A part of the address or number of somebody outside.")
  private String address = "";

  @Option(
      names = "--subject",
      defaultValue = "",
      paramLabel = "PART",
      description = "A part of the subject.")
  private String subject = "";

  @Option(names = "--inbox", paramLabel = "ID", description = "In that inbox; may be repeated.")
  private List<String> inboxes = List.of();

  @Option(
      names = "--agent",
      paramLabel = "ID",
      description = "That agent has or had it, or answered in it; may be repeated.")
  private List<String> agents = List.of();

  @Option(names = "--finished", description = "Only those that are completed.")
  private boolean finished;

  @Option(names = "--running", description = "Only those that are open.")
  private boolean running;

  ZoneId zone() {
    return zone == null ? ZoneId.systemDefault() : zone;
  }

  RecordingSearch search() {
    RecordingSearch search =
        RecordingSearch.all()
            .between(
                from == null ? null : from.atStartOfDay(zone()).toInstant(),
                until == null ? null : until.plusDays(1).atStartOfDay(zone()).toInstant())
            .with(address)
            .about(subject)
            .in(inboxes.stream().map(InboxId::of).toArray(InboxId[]::new))
            .by(agents.stream().map(AgentId::of).toArray(AgentId[]::new));
    RecordingSearch onDays = led ? search.whatWasLed() : search;
    if (finished == running) {
      return onDays;
    }
    return finished ? onDays.finished() : onDays.running();
  }
}
