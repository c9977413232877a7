package io.engage.core.picturing;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.Address;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Limits;
import io.engage.model.queue.WaitingLine;
import java.util.ArrayList;
import java.util.List;

/** Says of everybody who waits at which place, and whether that is in the queue or behind it. */
public final class Parking {
  private Parking() {}

  /**
   * @param queued in their order
   * @param before how many come before these
   */
  public static List<WaitingLine> decide(List<Conversation> queued, int before, Limits limits) {
    List<WaitingLine> lines = new ArrayList<>();
    for (Conversation each : queued) {
      lines.add(line(each, before + lines.size() + 1, limits));
    }
    return lines;
  }

  private static WaitingLine line(Conversation each, int place, Limits limits) {
    return new WaitingLine(
        each.id(),
        each.channel(),
        each.participants().stream().findFirst().map(Address.class::cast).orElse(null),
        requireNonNull(each.state().service().waitingSince()),
        each.state().priority(),
        place,
        place > limits.queued());
  }
}
