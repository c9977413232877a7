package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.working.Wish;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.PartPath;
import io.engage.model.message.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that one agent does. Each action is permitted by the host's {@link
 * io.engage.spi.Permissions} before, committed with its audit entry when the method returns, and
 * answered for each conversation apart.
 *
 * <p>Thread-safe. Two agents who act on one conversation at the same moment both succeed where that
 * makes sense; each action is decided on what the other left.
 */
public final class AgentDesk {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final BulkActions actions;
  private final Opening opening;
  private final Replying replying;
  private final CustomerDesk customers;

  AgentDesk(Agent agent, Parts parts) {
    this.agent = requireNonNull(agent, "agent");
    this.parts = parts;
    this.permitting = new Permitting(agent, parts);
    this.actions = new BulkActions(agent, parts, permitting);
    this.opening = new Opening(parts, permitting, actions);
    this.replying = new Replying(agent, parts, permitting, opening);
    this.customers =
        new CustomerDesk(parts, permitting, actions, opening, new Merging(agent, parts));
  }

  /** Whose desk this is. */
  public Agent agent() {
    return agent;
  }

  /** Whom conversations are with: search, link, create, merge, history. */
  public CustomerDesk customers() {
    return customers;
  }

  /**
   * The conversations that pass the filter, newest first, in the inboxes that the agent may read.
   */
  public Page<Conversation> list(ConversationFilter filter, Page.Request page) {
    Set<InboxId> wanted = filter.inboxes().isEmpty() ? permitting.allInboxes() : filter.inboxes();
    Set<InboxId> readable = permitting.permitted(AgentAction.READ, wanted);
    return readable.isEmpty()
        ? new Page<>(List.of(), null)
        : parts.storage().search().find(filter.inInboxes(readable), page);
  }

  /** The messages of a conversation, oldest first. Nothing is marked as read. */
  public Outcome<Page<Message>> messages(ConversationId conversation, Page.Request page) {
    return permitting.onConversation(
        AgentAction.READ,
        conversation,
        found -> new Outcome.Done<>(parts.storage().inboxes().messagesOf(conversation, page)));
  }

  /**
   * Opens a message to read it: marks it read, here at once and on the mail server soon, and links
   * it to the first customer with its sender's address when nobody is linked yet.
   *
   * @throws io.engage.spi.PortFailure when its bytes cannot be read
   */
  public Outcome<OpenedMessage> open(MessageId message) {
    return opening.open(message);
  }

  /**
   * Writes the decoded bytes of an attachment.
   *
   * @throws io.engage.spi.NotFound when the message has no such part
   * @throws IOException when {@code to} does not take them
   */
  public Outcome<Message> saveAttachment(MessageId message, PartPath part, OutputStream to)
      throws IOException {
    return opening.saveAttachment(message, part, to);
  }

  /** Gives conversations to an agent. */
  public Map<ConversationId, Outcome<Conversation>> assign(
      Collection<ConversationId> conversations, Agent to) {
    return actions.act(conversations, new Wish.Assign(requireNonNull(to, "to")));
  }

  /** Takes conversations oneself. */
  public Map<ConversationId, Outcome<Conversation>> take(Collection<ConversationId> conversations) {
    return assign(conversations, agent);
  }

  /** Gives conversations back, so that nobody is their assignee. */
  public Map<ConversationId, Outcome<Conversation>> handBack(
      Collection<ConversationId> conversations) {
    return actions.act(conversations, new Wish.HandBack());
  }

  /** Links conversations and all their messages to a customer. */
  public Map<ConversationId, Outcome<Conversation>> link(
      Collection<ConversationId> conversations, CustomerId customer) {
    return customers.link(conversations, customer);
  }

  /** Customers whose name or address contains these words, to choose from. */
  public List<Customer> findCustomers(String words, int limit) {
    return customers.find(words, limit);
  }

  /**
   * Creates a customer from a message, with its sender's address, and links its conversation.
   *
   * @param name empty for the name that the message gives
   */
  public Outcome<Customer> createCustomer(MessageId message, String name) {
    return customers.create(message, name);
  }

  /** Completes conversations: date and time are kept, and they leave the list of open ones. */
  public Map<ConversationId, Outcome<Conversation>> complete(
      Collection<ConversationId> conversations) {
    return actions.act(conversations, new Wish.Complete());
  }

  /** Opens completed conversations again. */
  public Map<ConversationId, Outcome<Conversation>> reopen(
      Collection<ConversationId> conversations) {
    return actions.act(conversations, new Wish.Reopen());
  }

  /** Marks all messages of conversations as read, here at once and on the mail server soon. */
  public Map<ConversationId, Outcome<Conversation>> markRead(
      Collection<ConversationId> conversations) {
    return actions.act(conversations, new Wish.MarkRead());
  }

  /** Marks all messages of conversations as not read, here at once and on the mail server soon. */
  public Map<ConversationId, Outcome<Conversation>> markUnread(
      Collection<ConversationId> conversations) {
    return actions.act(conversations, new Wish.MarkUnread());
  }

  /**
   * Deletes conversations for good: here at once, and on the mail server soon. They never come back
   * by a later import. What is linked to a customer stays in the customer's history.
   */
  public Map<ConversationId, Outcome<Conversation>> delete(
      Collection<ConversationId> conversations) {
    return actions.act(conversations, new Wish.Delete());
  }

  /** Deletes single messages for good, as {@link #delete} does with all of a conversation. */
  public Map<ConversationId, Outcome<Conversation>> deleteMessages(Collection<MessageId> messages) {
    return actions.actOn(messages, new Wish.Delete());
  }

  /**
   * Answers a message. When this returns, the answer is committed for sending and stands in the
   * conversation; the outbox sends it.
   *
   * @return the answer; refused when nobody would get it
   */
  public Outcome<Message> reply(MessageId message, Reply reply) {
    return replying.reply(message, requireNonNull(reply, "reply"));
  }

  /**
   * Answers the newest message that somebody outside wrote in a conversation, as {@link
   * #reply(MessageId, Reply)} does.
   */
  public Outcome<Message> reply(ConversationId conversation, Reply reply) {
    return replying.reply(conversation, requireNonNull(reply, "reply"));
  }

  /**
   * All e-mails and SMS with a customer, over all inboxes that the agent may read, newest first.
   */
  public Page<Message> history(CustomerId customer, Page.Request page) {
    return customers.history(customer, page);
  }

  /**
   * What happened to a message and to its conversation, oldest first.
   *
   * @return empty when the agent may not read it, which is recorded, or there is no such message
   */
  public List<AuditEntry> auditTrail(MessageId message) {
    return permitting
        .onAnyMessage(
            AgentAction.READ,
            message,
            (found, conversation) -> new Outcome.Done<>(parts.storage().audit().ofMessage(message)))
        .findValue()
        .orElse(List.of());
  }

  /**
   * What happened to a conversation and to each of its messages, oldest first.
   *
   * @return empty when the agent may not read it, which is recorded, or there is no such
   *     conversation
   */
  public List<AuditEntry> auditTrail(ConversationId conversation) {
    return permitting
        .onConversation(
            AgentAction.READ,
            conversation,
            found -> new Outcome.Done<>(parts.storage().audit().ofConversation(conversation)))
        .findValue()
        .orElse(List.of());
  }
}
