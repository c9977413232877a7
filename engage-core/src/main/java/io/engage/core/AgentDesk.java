package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.working.Wish;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.PartPath;
import io.engage.model.message.Rating;
import io.engage.model.message.Reply;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
  private final Lists lists;
  private final Notes notes;
  private final CalendarDesk calendar;
  private final Attending attending;
  private final WritingDesk writing;
  private final MailDesk mail;
  private final NamedTrail trail;

  AgentDesk(Agent agent, Parts parts, MailDesk mail) {
    this.agent = requireNonNull(agent, "agent");
    this.parts = parts;
    this.mail = mail;
    this.trail = new NamedTrail(parts);
    this.permitting = new Permitting(agent, parts);
    this.actions = new BulkActions(agent, parts, permitting);
    this.opening = new Opening(parts, permitting, actions);
    this.replying = new Replying(agent, parts, permitting);
    this.customers =
        new CustomerDesk(parts, permitting, actions, opening, new Merging(agent, parts));
    this.lists = new Lists(agent, parts, permitting);
    this.notes = new Notes(agent, parts, permitting);
    this.calendar = new CalendarDesk(agent, parts, permitting);
    this.attending = new Attending(agent, parts, permitting);
    this.writing = new WritingDesk(agent, parts, permitting);
  }

  /** Whose desk this is. */
  public Agent agent() {
    return agent;
  }

  /** Where the agent is given work: their session, offers, what waits. */
  public QueueDesk queue() {
    return new QueueDesk(parts, permitting);
  }

  /** Text messages: what they cost, who has agreed to them, sending them. */
  public TextDesk texting() {
    return new TextDesk(agent, parts, permitting);
  }

  /** Whom conversations are with: search, link, create, merge, history. */
  public CustomerDesk customers() {
    return customers;
  }

  /** Where the agent writes: drafts, previews, forwards, new conversations, and the outbox. */
  public WritingDesk writing() {
    return writing;
  }

  /** The inboxes in which the agent may do this, in order of their ids. */
  public List<Inbox> inboxes(AgentAction action) {
    Set<InboxId> permitted = permitting.permitted(action);
    return parts.storage().inboxes().inboxes().stream()
        .filter(each -> permitted.contains(each.id()))
        .toList();
  }

  /**
   * Imports what is new in the mailbox of an inbox, now instead of soon, as {@link
   * MailDesk#sync(io.engage.model.mailbox.AccountId)} does; inboxes that share the account get
   * theirs too. That somebody asked for it is recorded before.
   *
   * @throws io.engage.spi.MailAccessFailure when the server cannot be reached or the connection
   *     breaks; what was committed before stays
   */
  public Outcome<SyncReport> sync(InboxId inbox) {
    Outcome<Inbox> asked =
        permitting.onInbox(
            AgentAction.SYNC,
            inbox,
            found -> {
              parts
                  .committing()
                  .commit(
                      InboxChange.builder()
                          .audit(
                              parts
                                  .committing()
                                  .stamp(
                                      Actor.agent(agent),
                                      AuditSubject.of(inbox),
                                      new AuditFact.SyncRequested()))
                          .build());
              return new Outcome.Done<>(found);
            });
    return Outcomes.then(asked, found -> new Outcome.Done<>(mail.sync(found.account())));
  }

  /**
   * The conversations that pass the filter, in its order, in the inboxes that the agent may read.
   * Side threads are left out unless the filter speaks of them.
   */
  public Page<Conversation> list(ConversationFilter filter, Page.Request page) {
    return lists.list(filter, page);
  }

  /**
   * The conversations that an agent looks for, in the inboxes that they may read.
   *
   * @return what was mistyped, and where, when it cannot be understood
   * @throws io.engage.spi.PortFailure when customers cannot be looked up now
   */
  public Listing list(Search search, Page.Request page) {
    return lists.search(search, page);
  }

  /** The same, for what stands in the search box, open and completed ones. */
  public Listing list(String text, Page.Request page) {
    return lists.search(Search.of(text), page);
  }

  /** The side threads that are led beside a conversation, newest first. */
  public Outcome<Page<Conversation>> besides(ConversationId conversation, Page.Request page) {
    return lists.besides(conversation, page);
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

  /**
   * Customers whose name or address contains these words, to choose from.
   *
   * @return refused when the agent may read no inbox
   */
  public Outcome<List<Customer>> findCustomers(String words, int limit) {
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

  /**
   * Transfers conversations to another inbox, with all their messages: the agent has to be
   * permitted in both. What customers answer goes there too. An assignee who does not work there
   * does not keep it.
   */
  public Map<ConversationId, Outcome<Conversation>> transfer(
      Collection<ConversationId> conversations, InboxId to) {
    return actions.act(conversations, new Wish.Transfer(requireNonNull(to, "to")));
  }

  /** Gives conversations a tag; {@link io.engage.model.conversation.Tags} says how it is kept. */
  public Map<ConversationId, Outcome<Conversation>> tag(
      Collection<ConversationId> conversations, String tag) {
    return actions.act(conversations, new Wish.AddTag(requireNonNull(tag, "tag")));
  }

  /** Takes a tag from conversations. */
  public Map<ConversationId, Outcome<Conversation>> untag(
      Collection<ConversationId> conversations, String tag) {
    return actions.act(conversations, new Wish.RemoveTag(requireNonNull(tag, "tag")));
  }

  /**
   * Lets conversations go earlier or later than others: 0 to 999,999, a lower number first. In the
   * queue a step counts as a minute of waiting, as {@link Conversation.State#findPlace} says.
   */
  public Map<ConversationId, Outcome<Conversation>> prioritize(
      Collection<ConversationId> conversations, int priority) {
    return actions.act(conversations, new Wish.Prioritize(priority));
  }

  /** Writes a note for colleagues beside each of the conversations. No customer ever sees it. */
  public Map<ConversationId, Outcome<Conversation>> note(
      Collection<ConversationId> conversations, String text) {
    return actions.act(
        conversations,
        new Wish.AddNote(agent, requireNonNull(text, "text"), () -> parts.ids().next()));
  }

  /** The notes beside a conversation, oldest first. */
  public Outcome<Page<Note>> notes(ConversationId conversation, Page.Request page) {
    return notes.list(AgentAction.READ, conversation, page);
  }

  /** Removes a note, whoever wrote it; who removed it stays in the audit trail. */
  public Outcome<Note> removeNote(NoteId note) {
    return notes.remove(note);
  }

  /** To-dos and appointments for the customers of conversations. */
  public CalendarDesk calendar() {
    return calendar;
  }

  /**
   * Says that the agent has a conversation open, and shows who else has. It holds for 45 seconds:
   * call it every 15 or so while the page is open. Who begins to write learns here that a colleague
   * already does.
   *
   * @param writing whether they write an answer, or only read
   * @return the others, nobody also when they cannot be known
   */
  public Outcome<List<Attendee>> attend(ConversationId conversation, boolean writing) {
    return attending.attend(conversation, writing);
  }

  /** Who else has a conversation open, without saying anything of oneself. */
  public Outcome<List<Attendee>> attending(ConversationId conversation) {
    return attending.attending(conversation);
  }

  /** Says that the agent has closed a conversation. */
  public void leave(ConversationId conversation) {
    attending.leave(conversation);
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
   * @return the answer; refused when nobody would get it; {@link Outcome.Unconfirmed} when the
   *     reply says what its author {@link Reply#havingSeen has seen}, and somebody wrote since
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
            (found, conversation) ->
                new Outcome.Done<>(
                    trail.named(parts.storage().audit().ofMessage(message), conversation)))
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
            AgentAction.READ, conversation, found -> new Outcome.Done<>(trail.of(found)))
        .findValue()
        .orElse(List.of());
  }

  /** How customers found what inboxes and agents sent them. */
  public RatingDesk ratings() {
    return new RatingDesk(parts, permitting);
  }

  /** How the customer found a message of ours; empty while they did not say. */
  public Optional<Rating> rating(MessageId message) {
    return permitting
        .onAnyMessage(
            AgentAction.READ,
            message,
            (found, conversation) -> new Outcome.Done<>(CustomerLinks.find(parts, found)))
        .findValue()
        .flatMap(Function.identity());
  }
}
