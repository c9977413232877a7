package io.engage.core.receiving;

import io.engage.model.address.Address;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a whole batch before it is decided, read with a number of queries that does
 * not depend on its size.
 *
 * @param inboxes those whose mail may arrive in the account; mail that names none of them goes to
 *     the first
 * @param cursor how far the folder is imported; null before its first batch
 * @param recorded which of these mails have an entry in the ledger
 * @param sameBytes messages made of the same bytes as a mail of the batch
 * @param named messages that carry a Message-ID which a mail of the batch carries or names, and
 *     messages that name one which a mail of the batch carries or which is not known itself
 * @param conversations those of all these messages, and those named by tokens and numbers
 * @param openSms the open SMS conversations with the phone numbers of the batch
 * @param customers who has the senders' addresses
 * @param deleted messages that were seen to leave the server because an agent deleted them: what
 *     turns up of them was put there again by somebody
 */
public record Known(
    List<Inbox> inboxes,
    @Nullable FolderCursor cursor,
    Set<ServerUid> recorded,
    List<Message> sameBytes,
    List<Message> named,
    List<Conversation> conversations,
    Map<PhoneNumber, List<Conversation>> openSms,
    Map<Address, List<CustomerId>> customers,
    Set<MessageId> deleted) {

  /** Where no mail that an agent deleted is known to have left the server. */
  public Known(
      List<Inbox> inboxes,
      @Nullable FolderCursor cursor,
      Set<ServerUid> recorded,
      List<Message> sameBytes,
      List<Message> named,
      List<Conversation> conversations,
      Map<PhoneNumber, List<Conversation>> openSms,
      Map<Address, List<CustomerId>> customers) {
    this(inboxes, cursor, recorded, sameBytes, named, conversations, openSms, customers, Set.of());
  }
}
