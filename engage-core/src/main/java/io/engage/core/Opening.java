package io.engage.core;

import io.engage.core.linking.Introducing;
import io.engage.core.linking.Linking;
import io.engage.core.linking.Linking.Link;
import io.engage.core.working.Wish;
import io.engage.core.working.Working;
import io.engage.model.address.Address;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Customer;
import io.engage.model.customer.NewCustomer;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.PartPath;
import io.engage.model.message.TrustLevel;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Shows an agent what is in a message, and who wrote it. */
final class Opening {
  private final Parts parts;
  private final Permitting permitting;
  private final BulkActions actions;
  private final Identities identities;
  private final CopiesOfMail copies;
  private final Linking linking = new Linking();

  Opening(Parts parts, Permitting permitting, BulkActions actions) {
    this.parts = parts;
    this.permitting = permitting;
    this.actions = actions;
    this.identities = new Identities(parts);
    this.copies = new CopiesOfMail(parts, permitting);
  }

  Outcome<OpenedMessage> open(MessageId id) {
    return permitting.onAnyMessage(
        AgentAction.READ,
        id,
        (message, conversation) -> {
          ReadMail content = read(message);
          if (!message.state().deleted()) {
            linkAtOpening(message, conversation);
            actions.actOn(List.of(id), new Wish.MarkRead());
          }
          return permitting.onAnyMessage(
              AgentAction.READ,
              id,
              (current, of) ->
                  new Outcome.Done<>(new OpenedMessage(current, of, content, copies.of(current))));
        });
  }

  /**
   * The directory may know by now whom it did not know when the message came. The library links,
   * not the agent, and only what comes from that sender.
   */
  private void linkAtOpening(Message message, Conversation conversation) {
    Optional<Address> sender = Introducing.correspondent(message);
    if (conversation.state().customer() != null
        || conversation.isSideThread()
        || !message.kind().isFromPerson()
        || sender.isEmpty()) {
      return;
    }
    Linking.Sender known =
        new Linking.Sender(sender.get(), identities.at(sender.get()), message.trust());
    if (linking.decide(known, conversation) instanceof Link.Linked linked) {
      parts.committing().retrying(() -> link(conversation.id(), sender.get(), linked));
    }
  }

  private boolean link(ConversationId id, Address sender, Link.Linked linked) {
    List<Message> theirs =
        Portions.messagesIn(parts.storage().search(), List.of(id))
            .filter(each -> Introducing.correspondent(each).filter(sender::equals).isPresent())
            .filter(each -> each.trust() != TrustLevel.SUSPICIOUS)
            .filter(each -> each.state().customer() == null)
            .map(each -> each.withState(each.state().withCustomer(linked.customer())))
            .toList();
    List<Conversation> still =
        parts.storage().inboxes().conversations(List.of(id)).stream()
            .filter(each -> each.state().customer() == null && !each.state().linkSettled())
            .map(each -> each.withState(each.state().withCustomer(linked.customer())))
            .toList();
    if (!still.isEmpty()) {
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .conversations(still)
                  .messages(theirs)
                  .audit(
                      parts
                          .committing()
                          .stamp(
                              Actor.RECEIVING,
                              AuditSubject.of(still.get(0).inbox(), id),
                              new AuditFact.LinkedToCustomer(
                                  linked.customer(), linked.reason() + ", at opening")))
                  .build());
    }
    return !still.isEmpty();
  }

  ReadMail read(Message message) {
    if (message.isPlainText()) {
      return ReadText.of(message, parts);
    }
    try {
      return parts.reader().read(new StoredContent(parts.blobs(), message.source()));
    } catch (IOException unreadable) {
      throw new PortFailure(
          "The blob store could not read the source of message '%s'. Try again."
              .formatted(message.id()),
          true,
          unreadable);
    }
  }

  Outcome<Message> saveAttachment(MessageId id, PartPath part, OutputStream to) throws IOException {
    Outcome<Message> found =
        permitting.onAnyMessage(
            AgentAction.READ, id, (message, conversation) -> new Outcome.Done<>(message));
    if (found instanceof Outcome.Done<Message> done) {
      parts
          .mail()
          .format()
          .writePart(new StoredContent(parts.blobs(), done.value().source()), part, to);
    }
    return found;
  }

  private static Optional<String> isLinked(Conversation conversation) {
    return conversation
        .findCustomer()
        .map(
            customer ->
                "The conversation is linked to customer '%s' already. Take the link away first."
                    .formatted(customer));
  }

  Outcome<Customer> createCustomer(MessageId id, String name) {
    return permitting.onMessage(
        AgentAction.CREATE_CUSTOMER,
        id,
        (message, conversation) -> {
          Optional<String> refusal =
              Working.whyNotLinked(conversation).or(() -> isLinked(conversation));
          if (refusal.isPresent()) {
            return new Outcome.Refused<>(refusal.get());
          }
          Optional<NewCustomer> proposal = Introducing.decide(message, name);
          if (proposal.isEmpty()) {
            return new Outcome.Refused<>("The message does not say who wrote it");
          }
          Customer created = parts.customers().create(proposal.get());
          actions.act(List.of(conversation.id()), new Wish.LinkToNew(identities.now(created.id())));
          return new Outcome.Done<>(created);
        });
  }
}
