package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;

/**
 * What an agent has in one inbox through one channel.
 *
 * @param active open conversations that they work on
 * @param offered those that wait for their word
 */
public record AgentLoad(InboxId inbox, Channel channel, int active, int offered) {
  public AgentLoad {
    requireNonNull(inbox, "inbox");
    requireNonNull(channel, "channel");
  }
}
