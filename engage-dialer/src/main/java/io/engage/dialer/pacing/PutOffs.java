package io.engage.dialer.pacing;

import io.engage.model.campaign.RecipientId;
import java.util.HashSet;
import java.util.Set;

/**
 * Whom a server put off in a row without saying why, as greylisting does and throttling too: of one
 * recipient it may be the mailbox; of many different ones it is how much we send.
 */
public record PutOffs(Set<RecipientId> recipients) {
  public static final PutOffs NONE = new PutOffs(Set.of());

  private static final int MANY = 20;

  public PutOffs {
    recipients = Set.copyOf(recipients);
  }

  public PutOffs plus(RecipientId recipient) {
    if (isThrottling()) {
      return this;
    }
    Set<RecipientId> more = new HashSet<>(recipients);
    more.add(recipient);
    return new PutOffs(more);
  }

  public boolean isThrottling() {
    return recipients.size() >= MANY;
  }
}
