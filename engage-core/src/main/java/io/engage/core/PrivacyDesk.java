package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.erasing.Erasing;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.CustomerMove;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.AnswerBudget;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.queue.AgentMessage;
import io.engage.model.sms.SmsConsent;
import io.engage.model.writing.Draft;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people may ask of whoever keeps their mail: a copy of all that is held on them, that it be
 * erased, and that nothing be kept for longer than it is needed.
 *
 * <p>Thread-safe. Each action is permitted by the host before, for every inbox that holds something
 * of the person, and leaves its entry in the audit trail, which names nobody. Erasing works in
 * steps, each of them one commit, with flat memory; called again after it was cut short, it goes
 * on.
 */
public final class PrivacyDesk {
  private static final int AT_ONCE = 50;
  private static final int MOST_WALKS = 10;

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Concerned concerned;
  private final Erasing erasing = new Erasing();
  private final Erasers erasers;
  private final BlobRemovals removals;
  private final Suppressions suppressions;
  private final Identities identities;
  private final Sides sides;
  private final Mailings mailings;
  private final ToldTraces told;

  PrivacyDesk(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = new Permitting(agent, parts);
    this.concerned = new Concerned(parts, permitting);
    this.erasers = new Erasers(Actor.agent(agent), parts);
    this.removals = new BlobRemovals(parts);
    this.suppressions = new Suppressions(parts);
    this.identities = new Identities(parts);
    this.sides = new Sides(parts);
    this.mailings = new Mailings(parts);
    this.told = new ToldTraces(parts);
  }

  /**
   * Writes all that is held on a person as one ZIP file: {@code person.json} with conversations,
   * messages, notes, ratings, drafts, what agents were told of them and have not seen, consents,
   * campaigns and what the audit trail says of them, and beside it the mails as they came and went
   * ({@code .eml}) and the text messages ({@code .txt}).
   *
   * <p>A customer's addresses are those that the directory gives, without those that somebody else
   * has too; name these to have them included.
   *
   * @param to is not closed
   * @throws IOException when {@code to} does not take it
   */
  public Outcome<PersonFile> export(Person person, OutputStream to) throws IOException {
    Person whole = identities.whole(person);
    try {
      return concerned.onTraces(
          AgentAction.EXPORT_PERSON, whole, traces -> new Outcome.Done<>(write(whole, traces, to)));
    } catch (UncheckedIOException notTaken) {
      throw notTaken.getCause();
    }
  }

  /** It is recorded also when it broke off: what went out, went out. */
  private PersonFile write(Person person, Traces traces, OutputStream to) {
    String pseudonym = parts.pseudonyms().of(person);
    PersonExport export = new PersonExport(parts, suppressions, person, pseudonym, to);
    try {
      return export.write(traces);
    } catch (IOException notTaken) {
      throw new UncheckedIOException(notTaken);
    } finally {
      commit(InboxChange.builder(), new AuditFact.PersonExported(pseudonym, export.messages()));
    }
  }

  /**
   * Erases all that is held on a person: their conversations with everything in them, notes and
   * drafts too, what agents were told that names them, and of conversations with others the
   * messages that name them. Mails are deleted on the server too, and no later import brings them
   * back. Who did what when stays in the audit trail, under a pseudonym. Whoever refused text
   * messages or mailings is sent none later either; rows of campaigns keep what became of them,
   * without whom they named.
   *
   * <p>A customer's addresses are those that the directory gives, without those that somebody else
   * has too; name these to have them included. The directory itself is the host's.
   *
   * <p>Bytes that came within the last hour leave the blob store an hour later, when {@link
   * OutboxDesk#workOff} comes to it: somebody else may be about to store the same. Within a
   * transaction of the host no bytes are deleted, but by the next {@link OutboxDesk#workOff} after
   * its commit; and whoever stands in lists of campaigns is not erased within one.
   *
   * @return refused when the erasure could not be kept, or not be taken back with the host's
   *     transaction; nothing is erased then
   */
  public Outcome<Erasure> erase(Person person) {
    Person whole = identities.whole(person);
    return concerned.onTraces(
        AgentAction.ERASE_PERSON,
        whole,
        traces ->
            refusal(whole)
                .<Outcome<Erasure>>map(Outcome.Refused::new)
                .orElseGet(() -> new Outcome.Done<>(eraseAll(whole, traces))));
  }

  private Optional<String> refusal(Person person) {
    if (wouldBeLost(person)) {
      return Optional.of(
          "This person refused text messages or mailings, which must be recognised after the"
              + " erasure. Give Engage a key that survives restarts with signingKeys(...) first.");
    }
    return parts.storage().events().isHostsTransactionOpen() && mailings.isIn(person)
        ? Optional.of(
            "Campaigns name this person, and what is erased of campaigns cannot be taken back with"
                + " your transaction. Erase outside of one.")
        : Optional.empty();
  }

  private boolean wouldBeLost(Person person) {
    return suppressions.wouldBeLost(suppressions.consentsOf(person))
        || (!parts.pseudonyms().areLasting() && !mailings.refusalsOf(person).isEmpty());
  }

  private Erasure eraseAll(Person person, Traces traces) {
    String pseudonym = parts.pseudonyms().of(person);
    ErasureTally tally = new ErasureTally();
    eraseTraces(traces, pseudonym, tally);
    eraseConversations(person, pseudonym, tally);
    eraseWhatIsLeft(person, pseudonym, tally.messages());
    mailings.erase(person, pseudonym);
    removals.finish();
    return tally.of(pseudonym);
  }

  /**
   * Other nodes take in mail meanwhile, also behind the walk, so it is walked again until there is
   * nothing more; but not for ever, when somebody writes faster than that.
   */
  private void eraseConversations(Person person, String pseudonym, ErasureTally tally) {
    int erasedBefore = tally.erased();
    walk(person, pseudonym, tally);
    for (int walks = 1; walks < MOST_WALKS && tally.erased() > erasedBefore; walks++) {
      erasedBefore = tally.erased();
      tally.again();
      walk(person, pseudonym, tally);
    }
  }

  private void walk(Person person, String pseudonym, ErasureTally tally) {
    @Nullable ConversationId after = null;
    List<Conversation> some;
    do {
      some = parts.storage().persons().conversations(person, after, AT_ONCE);
      for (Conversation each : some) {
        erase(each, person, pseudonym, tally);
        after = each.id();
      }
    } while (some.size() == AT_ONCE);
  }

  /** Before the conversations: what somebody lets in meanwhile is found there. */
  private void eraseTraces(Traces traces, String pseudonym, ErasureTally tally) {
    AuditFact fact = new AuditFact.PersonErased(pseudonym, 1);
    Actor actor = Actor.agent(agent);
    HeldTraces held = new HeldTraces(parts);
    QuarantineTraces quarantine = new QuarantineTraces(parts);
    traces.held().forEach(each -> tally.count(held.erase(each, actor, fact)));
    traces.quarantined().forEach(each -> tally.count(quarantine.erase(each, actor, fact)));
  }

  /** Side threads first: they are found through the conversation beside which they are led. */
  private void erase(
      Conversation conversation, Person person, String pseudonym, ErasureTally tally) {
    boolean theirs = erasing.isTheirs(conversation, person);
    List<Conversation> beside =
        theirs ? sides.of(List.of(conversation.id())) : sides.about(person, conversation.id());
    boolean sidesGone = true;
    for (Conversation side : beside) {
      sidesGone &= tally.count(erasers.erase(allOf(side.id(), pseudonym)));
    }
    if (sidesGone) {
      tally.count(
          erasers.erase(
              theirs
                  ? allOf(conversation.id(), pseudonym)
                  : someOf(conversation, person, pseudonym)));
    }
  }

  private Erasers.Order allOf(ConversationId conversation, String pseudonym) {
    return new Erasers.Order(
        conversation,
        any -> true,
        (before, erased, newest) -> erasing.emptied(before, erased),
        messages -> new AuditFact.PersonErased(pseudonym, messages));
  }

  private Erasers.Order someOf(Conversation conversation, Person person, String pseudonym) {
    return new Erasers.Order(
        conversation.id(),
        person::concerns,
        (before, erased, newest) -> {
          Conversation after = erasing.without(person, before, erased, newest.orElse(null));
          return isOpenerLeft(before, erased) ? after : after.withSubject("");
        },
        messages -> new AuditFact.PersonErased(pseudonym, messages));
  }

  /** A conversation is called what its first message was called. */
  private boolean isOpenerLeft(Conversation conversation, List<Message> erased) {
    Set<MessageId> gone = erased.stream().map(Message::id).collect(Collectors.toSet());
    Page.Request request = Page.Request.first(gone.size() + 1);
    return parts.storage().inboxes().messagesOf(conversation.id(), request).items().stream()
        .filter(each -> !gone.contains(each.id()))
        .findFirst()
        .filter(oldest -> !oldest.at().isAfter(conversation.openedAt()))
        .isPresent();
  }

  /**
   * Drafts to them, what agents were told of them, merges and consents; refusals stay, under a
   * pseudonym.
   */
  private void eraseWhatIsLeft(Person person, String pseudonym, int messages) {
    parts
        .committing()
        .retrying(
            () -> {
              List<Draft> drafts =
                  parts.storage().persons().drafts(person, null, Integer.MAX_VALUE);
              List<SmsConsent> consents = suppressions.consentsOf(person);
              InboxChange.Builder change =
                  InboxChange.builder()
                      .dropDrafts(drafts.stream().map(Draft::id).toList())
                      .dropDocuments(mergesOf(person.customers()))
                      .dropDocuments(budgetsOf(person))
                      .dropDocuments(told.of(person).stream().map(AgentMessage::key).toList())
                      .documents(suppressions.leftOf(consents))
                      .documents(mailings.leftOf(mailings.refusalsOf(person)))
                      .documents(removals.ofFiles(drafts));
              consents.forEach(change::drop);
              commit(change, new AuditFact.PersonErased(pseudonym, messages));
              return drafts;
            });
  }

  /** What was answered by itself is counted for each address. */
  private static List<DocumentKey> budgetsOf(Person person) {
    return person.addresses().stream()
        .filter(EmailAddress.class::isInstance)
        .map(each -> AnswerBudget.keyOf(AnswerBudget.idOf((EmailAddress) each)))
        .toList();
  }

  private List<DocumentKey> mergesOf(Set<CustomerId> customers) {
    List<DocumentKey> keys = new ArrayList<>();
    for (CustomerId customer : customers) {
      keys.add(CustomerMerge.keyOf(customer));
      ofOwner(DocumentKey.Kind.CUSTOMER_MERGE, customer).forEach(each -> keys.add(each.key()));
      ofOwner(DocumentKey.Kind.CUSTOMER_MOVE, customer).stream()
          .map(CustomerMove.class::cast)
          .forEach(each -> keys.add(each.key()));
    }
    return keys;
  }

  private List<Document> ofOwner(DocumentKey.Kind kind, CustomerId owner) {
    return parts.storage().documents().ofOwner(kind, owner.value(), "", Integer.MAX_VALUE);
  }

  /**
   * Erases what came or went in an inbox more than {@code age} ago, as {@link #erase} does: what it
   * holds for review too, and what nobody could read, where mail that names no inbox is its. A
   * conversation stays as long as one of its messages does. Let your timer call it, once a day or
   * so.
   */
  public Outcome<Erasure> retain(InboxId inbox, Duration age) {
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("Messages are kept for some time, but this is " + age);
    }
    if (!permitting.allInboxes().contains(requireNonNull(inbox, "inbox"))) {
      return new Outcome.Unknown<>();
    }
    Instant before = parts.clock().instant().minus(age);
    return permitting.inAll(
        AgentAction.ERASE_PERSON,
        Set.of(inbox),
        () -> new Outcome.Done<>(eraseBefore(inbox, before)));
  }

  private Erasure eraseBefore(InboxId inbox, Instant before) {
    ErasureTally tally = new Retention(Actor.agent(agent), parts).eraseBefore(inbox, before);
    removals.finish();
    return tally.of("");
  }

  private void commit(InboxChange.Builder change, AuditFact fact) {
    parts
        .committing()
        .commit(
            change
                .audit(parts.committing().stamp(Actor.agent(agent), AuditSubject.NONE, fact))
                .build());
  }
}
