package io.engage.core.working;

import io.engage.core.working.Step.OnServer;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.Removal;
import io.engage.model.message.RfcMessageId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what an agent's wish changes about one conversation. */
public final class Working {
  private final Transferring transferring = new Transferring();
  private final Sorting sorting = new Sorting();

  /**
   * @param messages the messages of the conversation that the wish is about, without deleted ones
   * @param neededElsewhere mails on the server that other inboxes still show
   */
  public Step decide(
      Wish wish,
      Conversation conversation,
      List<Message> messages,
      Set<ServerUid> neededElsewhere,
      Instant now) {
    Step step = step(wish, conversation, messages, neededElsewhere, now);
    return step instanceof Step.Changed changed
        ? changed.with(Unasking.decide(conversation, changed.conversation()))
        : step;
  }

  private Step step(
      Wish wish,
      Conversation conversation,
      List<Message> messages,
      Set<ServerUid> neededElsewhere,
      Instant now) {
    if (wish instanceof Wish.Assign assign) {
      return assign(conversation, assign, now);
    } else if (wish instanceof Wish.HandBack) {
      return handBack(conversation, now);
    } else if (wish instanceof Wish.Link link) {
      return link(conversation, messages, link);
    } else if (wish instanceof Wish.Unlink unlink) {
      return unlink(conversation, messages, unlink.reason());
    } else if (wish instanceof Wish.LinkToNew created) {
      return link(
          conversation,
          messages,
          created.customer(),
          new AuditFact.CustomerCreated(created.customer()));
    } else if (wish instanceof Wish.Complete) {
      return complete(conversation, now);
    } else if (wish instanceof Wish.Reopen) {
      return reopen(conversation, now);
    } else if (wish instanceof Wish.MarkRead) {
      return mark(conversation, messages, true);
    } else if (wish instanceof Wish.MarkUnread) {
      return mark(conversation, messages, false);
    } else if (wish instanceof Wish.Transfer transfer) {
      return transferring.decide(transfer, conversation, messages, now);
    } else if (wish instanceof Wish.AddTag tag) {
      return sorting.decide(tag, conversation);
    } else if (wish instanceof Wish.RemoveTag tag) {
      return sorting.decide(tag, conversation);
    } else if (wish instanceof Wish.Prioritize prioritize) {
      return sorting.decide(prioritize, conversation);
    } else if (wish instanceof Wish.AddNote note) {
      return sorting.decide(note, conversation, now);
    }
    return delete((Wish.Delete) wish, conversation, messages, neededElsewhere);
  }

  private static Step assign(Conversation conversation, Wish.Assign wish, Instant now) {
    Agent to = wish.to();
    if (to.id().equals(conversation.state().assignee())) {
      return new Step.AlreadySo();
    }
    return wish.closed().contains(conversation.inbox())
        ? new Step.Refused("%s may not read in this inbox.".formatted(to.name()))
        : changed(conversation.taken(to.id(), now), new AuditFact.Assigned(to.id(), to.name()));
  }

  private static Step handBack(Conversation conversation, Instant now) {
    return conversation.state().assignee() == null
        ? new Step.AlreadySo()
        : changed(conversation.givenBack(now), new AuditFact.HandedBack());
  }

  private static Step complete(Conversation conversation, Instant now) {
    return conversation.isCompleted()
        ? new Step.AlreadySo()
        : changed(conversation.completed(now), new AuditFact.Completed());
  }

  private static Step reopen(Conversation conversation, Instant now) {
    return conversation.isCompleted()
        ? changed(conversation.reopened(now), new AuditFact.Reopened("an agent reopened it"))
        : new Step.AlreadySo();
  }

  /** Why a conversation cannot be linked to a customer; empty when it can. */
  public static Optional<String> whyNotLinked(Conversation conversation) {
    return conversation.isSideThread()
        ? Optional.of(
            "This is led beside another conversation, and no customer may see it. Link the"
                + " conversation beside which it is led.")
        : Optional.empty();
  }

  /** A conversation is with one customer, so its messages go along, those sent included. */
  private static Step link(Conversation conversation, List<Message> messages, Wish.Link wish) {
    CustomerId customer = wish.current();
    return customer == null
        ? new Step.Refused("The directory does not know customer '%s'".formatted(wish.customer()))
        : link(
            conversation,
            messages,
            customer,
            new AuditFact.LinkedToCustomer(customer, wish.reason()));
  }

  private static Step link(
      Conversation conversation, List<Message> messages, CustomerId customer, AuditFact fact) {
    Optional<String> refusal = whyNotLinked(conversation);
    if (refusal.isPresent()) {
      return new Step.Refused(refusal.get());
    }
    List<Message> moved =
        messages.stream()
            .filter(Working::standsInHistories)
            .filter(message -> !customer.equals(message.state().customer()))
            .map(message -> message.withState(message.state().withCustomer(customer)))
            .toList();
    if (moved.isEmpty() && customer.equals(conversation.state().customer())) {
      return new Step.AlreadySo();
    }
    return new Step.Changed(
        conversation.withState(conversation.state().withSettledCustomer(customer)),
        moved,
        List.of(about(conversation, fact)),
        OnServer.NOTHING);
  }

  /** What came from others who took part stands in their histories, and stays there. */
  private static Step unlink(Conversation conversation, List<Message> messages, String reason) {
    CustomerId customer = conversation.state().customer();
    if (customer == null) {
      return new Step.AlreadySo();
    }
    return new Step.Changed(
        conversation.withState(conversation.state().withSettledCustomer(null)),
        messages.stream()
            .filter(message -> customer.equals(message.state().customer()))
            .map(message -> message.withState(message.state().withCustomer(null)))
            .toList(),
        List.of(about(conversation, new AuditFact.Unlinked(customer, reason))),
        OnServer.NOTHING);
  }

  private static boolean standsInHistories(Message message) {
    Removal removal = message.state().removal();
    return removal == Removal.NONE || removal == Removal.BY_AGENT || removal == Removal.BY_SERVER;
  }

  private static Step mark(Conversation conversation, List<Message> messages, boolean read) {
    List<Message> marked =
        messages.stream()
            .filter(message -> message.direction() == Direction.INBOUND)
            .filter(message -> message.state().read() != read)
            .map(message -> message.withState(message.state().withRead(read)))
            .toList();
    if (marked.isEmpty()) {
      return new Step.AlreadySo();
    }
    int unread = conversation.unread() + (read ? -marked.size() : marked.size());
    Set<ServerUid> uids = located(marked);
    return new Step.Changed(
        conversation.withCounts(conversation.messages(), unread),
        marked,
        marked.stream()
            .map(
                each ->
                    about(each, read ? new AuditFact.MarkedRead() : new AuditFact.MarkedUnread()))
            .toList(),
        new OnServer(read ? uids : Set.of(), read ? Set.of() : uids, Map.of()));
  }

  /**
   * For good, here and on the server; what is linked stays in the customer's history. What has not
   * gone out does not go out any more.
   */
  private static Step delete(
      Wish.Delete wish,
      Conversation conversation,
      List<Message> messages,
      Set<ServerUid> neededElsewhere) {
    List<Message> present =
        messages.stream().filter(message -> !message.state().deleted()).toList();
    if (present.isEmpty()) {
      return new Step.AlreadySo();
    }
    if (present.stream().anyMatch(each -> wish.beingSent().contains(each.id()))) {
      return new Step.Refused("A message of it is just being sent. Delete it when that has ended.");
    }
    long unread =
        present.stream()
            .filter(each -> each.direction() == Direction.INBOUND && !each.state().read())
            .count();
    return new Step.Changed(
        without(conversation, present.size(), (int) unread),
        present.stream().map(each -> each.withState(deleted(wish, each))).toList(),
        present.stream().flatMap(each -> deletion(wish, each)).toList(),
        new OnServer(Set.of(), Set.of(), free(present, neededElsewhere)));
  }

  /** Of what is gone as a whole, nobody waits for an answer. */
  private static Conversation without(Conversation conversation, int messages, int unread) {
    Conversation rest =
        conversation.withCounts(conversation.messages() - messages, conversation.unread() - unread);
    return rest.isEmpty()
        ? rest.withState(rest.state().withService(rest.state().service().over()))
        : rest;
  }

  private static Message.State deleted(Wish.Delete wish, Message message) {
    Message.State gone = message.state().removed(Removal.BY_AGENT);
    return isWithdrawn(wish, message) ? gone.withDelivery(Delivery.WITHDRAWN) : gone;
  }

  private static boolean isWithdrawn(Wish.Delete wish, Message message) {
    return message.state().delivery() == Delivery.QUEUED && wish.owed().containsKey(message.id());
  }

  private static Stream<Occurrence> deletion(Wish.Delete wish, Message message) {
    RfcMessageId id = message.headers().messageId();
    Stream<Occurrence> withdrawn =
        isWithdrawn(wish, message) && id != null
            ? Stream.of(about(message, new AuditFact.SendWithdrawn(id)))
            : Stream.of();
    return Stream.concat(withdrawn, Stream.of(about(message, new AuditFact.Deleted())));
  }

  private static Step changed(Conversation conversation, AuditFact fact) {
    return new Step.Changed(
        conversation, List.of(), List.of(about(conversation, fact)), OnServer.NOTHING);
  }

  private static Occurrence about(Conversation conversation, AuditFact fact) {
    return new Occurrence(AuditSubject.of(conversation.inbox(), conversation.id()), fact);
  }

  private static Occurrence about(Message message, AuditFact fact) {
    return new Occurrence(
        AuditSubject.of(message.inbox(), message.conversation(), message.id()), fact);
  }

  /** The mails on the server that no other inbox shows. */
  private static Map<ServerUid, Message> free(
      List<Message> messages, Set<ServerUid> neededElsewhere) {
    Map<ServerUid, Message> free = new HashMap<>();
    for (Message message : messages) {
      ServerUid uid = message.state().onServer();
      if (uid != null && !neededElsewhere.contains(uid)) {
        free.put(uid, message);
      }
    }
    return free;
  }

  private static Set<ServerUid> located(List<Message> messages) {
    return messages.stream()
        .map(message -> message.state().onServer())
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
