package io.engage.core.deduplicating;

import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a mail is known already. Only its bytes tell: a Message-ID alone proves nothing,
 * because senders repeat and forge it.
 */
public final class Deduplicating {

  /**
   * The messages that these bytes already are in inboxes of this account; empty when they are new
   * there. What is known is not distributed anew, though inboxes and addresses have changed since,
   * or a conversation went to an inbox of another account: old mail would come back as new.
   *
   * @param inboxes those of the account
   * @param fromHere messages that came from this account and lie in inboxes of others
   * @param sameBytes all messages made of these bytes, in any inbox
   */
  public List<Message> decide(
      List<Inbox> inboxes, Set<MessageId> fromHere, List<Message> sameBytes) {
    if (sameBytes.isEmpty()) {
      return List.of();
    }
    Set<InboxId> here = inboxes.stream().map(Inbox::id).collect(Collectors.toSet());
    Set<AccountId> accounts = inboxes.stream().map(Inbox::account).collect(Collectors.toSet());
    return sameBytes.stream()
        .filter(
            message ->
                here.contains(message.inbox())
                    || fromHere.contains(message.id())
                    || liesIn(accounts, message))
        .toList();
  }

  private static boolean liesIn(Set<AccountId> accounts, Message message) {
    ServerUid place = message.state().onServer();
    return place != null && accounts.contains(place.folder().account());
  }
}
