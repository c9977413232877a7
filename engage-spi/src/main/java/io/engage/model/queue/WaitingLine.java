package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.Address;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer who waits, as the live view of an inbox lists them.
 *
 * @param address with which they wrote; null when it was erased
 * @param since when they have been waiting, UTC
 * @param place in the queue, from 1
 * @param parked whether more wait before them than the queue takes, so that it is not offered yet
 */
public record WaitingLine(
    ConversationId conversation,
    Channel channel,
    @Nullable Address address,
    Instant since,
    int priority,
    int place,
    boolean parked) {
  public WaitingLine {
    requireNonNull(conversation, "conversation");
    requireNonNull(channel, "channel");
    requireNonNull(since, "since");
  }

  @Override
  public String toString() {
    return "WaitingLine[%s, place %d]".formatted(conversation, place);
  }
}
