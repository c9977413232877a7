package io.engage.core.deduplicating;

import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a mail is known already. Only its bytes tell: a Message-ID alone proves nothing,
 * because senders repeat and forge it.
 */
public final class Deduplicating {

  /**
   * The message that these bytes already are in this inbox; empty when they are new there.
   *
   * @param sameBytes all messages made of these bytes, in any inbox
   */
  public Optional<Message> decide(InboxId inbox, List<Message> sameBytes) {
    return sameBytes.stream().filter(message -> message.inbox().equals(inbox)).findFirst();
  }
}
