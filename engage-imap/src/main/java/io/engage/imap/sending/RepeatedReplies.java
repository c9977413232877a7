package io.engage.imap.sending;

import io.engage.model.outbox.SmtpReply;
import org.jspecify.annotations.Nullable;

/** Servers say the same few things again and again: what was read once is known. */
final class RepeatedReplies {
  private static final int KEPT = 16;
  private static final int LONGEST = 200;

  private final @Nullable Known[] known = new Known[KEPT];

  private record Known(String lines, SmtpReply reply) {}

  /** The reply that these lines are; null when they are none. */
  @Nullable SmtpReply find(String lines) {
    int place = Math.floorMod(lines.hashCode(), KEPT);
    Known there = known[place];
    if (there != null && there.lines().equals(lines)) {
      return there.reply();
    }
    SmtpReply reply = Replies.parse(lines);
    if (reply != null && lines.length() <= LONGEST) {
      known[place] = new Known(lines, reply);
    }
    return reply;
  }
}
