package io.engage.core.answering;

import io.engage.model.conversation.Conversation;
import java.time.Instant;

/** Decides where a message of ours stands: behind what it answers, whatever other clocks say. */
public final class Standing {
  private Standing() {}

  public static Instant decide(Conversation conversation, Instant now) {
    Instant newest = conversation.lastMessageAt();
    return conversation.messages() == 0 || now.isAfter(newest) ? now : newest.plusMillis(1);
  }
}
