package io.engage.core.receiving;

import io.engage.model.address.Address;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.HeldTrace;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.AnswerBudget;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.sms.SmsPolicy;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.util.Collection;
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
 * @param all the inboxes of all accounts
 * @param cursor how far the folder is imported; null before its first batch
 * @param recorded which of these mails have an entry in the ledger
 * @param sameBytes messages made of the same bytes as a mail of the batch
 * @param fromHere those of them that came from this account, though inboxes of others have them
 * @param named messages that carry a Message-ID which a mail of the batch carries or names, and
 *     messages that name one which a mail of the batch carries or which is not known itself
 * @param conversations those of all these messages, and those named by tokens and numbers
 * @param sms the SMS conversations, open and completed, newest first, with the phone numbers of the
 *     batch
 * @param customers who has the senders' addresses
 * @param deleted messages that were seen to leave the server because an agent deleted them: what
 *     turns up of them was put there again by somebody
 * @param held what is kept for review of these mails
 * @param refused why agents may not have what rules would give them
 * @param answers what automatic answers are made of
 * @param texts which words of text messages are about consent
 */
public record Known(
    List<Inbox> inboxes,
    List<Inbox> all,
    @Nullable FolderCursor cursor,
    Set<ServerUid> recorded,
    List<Message> sameBytes,
    Set<MessageId> fromHere,
    List<Message> named,
    List<Conversation> conversations,
    Map<PhoneNumber, List<Conversation>> sms,
    Map<Address, List<CustomerId>> customers,
    Set<MessageId> deleted,
    Held held,
    Map<Assignment, String> refused,
    Answers answers,
    SmsPolicy texts) {

  /** Where there is no other account, nothing is held, nothing answers and nothing was deleted. */
  public Known(
      List<Inbox> inboxes,
      @Nullable FolderCursor cursor,
      Set<ServerUid> recorded,
      List<Message> sameBytes,
      List<Message> named,
      List<Conversation> conversations,
      Map<PhoneNumber, List<Conversation>> sms,
      Map<Address, List<CustomerId>> customers) {
    this(
        inboxes,
        inboxes,
        cursor,
        recorded,
        sameBytes,
        Set.of(),
        named,
        conversations,
        sms,
        customers,
        Set.of(),
        Held.NONE,
        Map.of(),
        Answers.NONE,
        SmsPolicy.usual());
  }

  /**
   * What is kept for review.
   *
   * @param traces of the bytes of these mails, as far as there are any
   * @param mails that these name
   */
  public record Held(List<HeldTrace> traces, List<HeldMail> mails) {
    /** Every inbox took all of them so far. */
    public static final Held NONE = new Held(List.of(), List.of());

    public Held {
      traces = List.copyOf(traces);
      mails = List.copyOf(mails);
    }
  }

  /**
   * What automatic answers are made of, where an inbox gives any.
   *
   * @param templates those that inboxes name, as far as they exist
   * @param budgets of the senders and their domains, by id, as far as they have had an answer
   * @param names of the customers whom the directory knows by the senders' addresses
   */
  public record Answers(
      Map<TemplateId, Template> templates,
      Map<String, AnswerBudget> budgets,
      Map<CustomerId, String> names) {
    /** No inbox answers by itself. */
    public static final Answers NONE = new Answers(Map.of(), Map.of(), Map.of());
  }

  /** With what the host says of assignments that rules would make. */
  public Known withRefused(Map<Assignment, String> reasons) {
    return new Known(
        inboxes,
        all,
        cursor,
        recorded,
        sameBytes,
        fromHere,
        named,
        conversations,
        sms,
        customers,
        deleted,
        held,
        reasons,
        answers,
        texts);
  }

  /** Those of these inboxes that exist. */
  List<Inbox> inboxes(Collection<InboxId> wanted) {
    return wanted.stream()
        .flatMap(id -> all.stream().filter(inbox -> inbox.id().equals(id)))
        .toList();
  }
}
