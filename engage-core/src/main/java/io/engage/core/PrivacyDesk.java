package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.erasing.Erasing;
import io.engage.model.address.Address;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.CustomerMove;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Message;
import io.engage.model.sms.SmsConsent;
import io.engage.model.writing.Draft;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private static final int OLD_AT_ONCE = 200;

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Concerned concerned;
  private final Erasing erasing = new Erasing();
  private final Erasers erasers;
  private final BlobRemovals removals;
  private final Suppressions suppressions;
  private final HeldTraces heldTraces;

  PrivacyDesk(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = new Permitting(agent, parts);
    this.concerned = new Concerned(parts, permitting);
    this.erasers = new Erasers(Actor.agent(agent), parts);
    this.removals = new BlobRemovals(parts);
    this.suppressions = new Suppressions(parts);
    this.heldTraces = new HeldTraces(parts);
  }

  /**
   * Writes all that is held on a person as one ZIP file: {@code person.json} with conversations,
   * messages, notes, ratings, drafts, consents and what the audit trail says of them, and beside it
   * the mails as they came and went ({@code .eml}) and the text messages ({@code .txt}).
   *
   * <p>A customer's addresses are those that the directory gives, without those that somebody else
   * has too; name these to have them included.
   *
   * @param to is not closed
   * @throws IOException when {@code to} does not take it
   */
  public Outcome<PersonFile> export(Person person, OutputStream to) throws IOException {
    Person whole = whole(person);
    try {
      List<HeldMail> held = heldTraces.of(whole);
      return concerned.onPerson(
          AgentAction.EXPORT_PERSON,
          whole,
          inboxesOf(held),
          () -> new Outcome.Done<>(write(whole, held, to)));
    } catch (UncheckedIOException notTaken) {
      throw notTaken.getCause();
    }
  }

  /** It is recorded also when it broke off: what went out, went out. */
  private PersonFile write(Person person, List<HeldMail> held, OutputStream to) {
    String pseudonym = parts.pseudonyms().of(person);
    PersonExport export = new PersonExport(parts, suppressions, person, pseudonym, to);
    try {
      return export.write(held);
    } catch (IOException notTaken) {
      throw new UncheckedIOException(notTaken);
    } finally {
      commit(InboxChange.builder(), new AuditFact.PersonExported(pseudonym, export.messages()));
    }
  }

  /**
   * Erases all that is held on a person: their conversations with everything in them, notes and
   * drafts too, and of conversations with others the messages that name them. Mails are deleted on
   * the server too, and no later import brings them back. Who did what when stays in the audit
   * trail, under a pseudonym. Whoever refused text messages stays refused.
   *
   * <p>A customer's addresses are those that the directory gives, without those that somebody else
   * has too; name these to have them included. The directory itself is the host's.
   */
  public Outcome<Erasure> erase(Person person) {
    Person whole = whole(person);
    List<HeldMail> held = heldTraces.of(whole);
    return concerned.onPerson(
        AgentAction.ERASE_PERSON,
        whole,
        inboxesOf(held),
        () ->
            suppressions.wouldBeLost(suppressions.consentsOf(whole))
                ? new Outcome.Refused<>(
                    "This person refused text messages, which must be recognised after the erasure."
                        + " Give Engage a key that survives restarts with signingKeys(...) first.")
                : new Outcome.Done<>(eraseAll(whole, held)));
  }

  private static Set<InboxId> inboxesOf(List<HeldMail> held) {
    return held.stream().map(HeldMail::inbox).collect(Collectors.toSet());
  }

  private Erasure eraseAll(Person person, List<HeldMail> held) {
    String pseudonym = parts.pseudonyms().of(person);
    Tally tally = new Tally();
    eraseHeld(held, pseudonym, tally);
    @Nullable ConversationId after = null;
    List<Conversation> some;
    do {
      some = parts.storage().persons().conversations(person, after, AT_ONCE);
      for (Conversation each : some) {
        erase(each, person, pseudonym, tally);
        after = each.id();
      }
    } while (some.size() == AT_ONCE);
    eraseWhatIsLeft(person, pseudonym, tally.messages);
    removals.finish();
    return new Erasure(pseudonym, tally.conversations, tally.messages, tally.postponed);
  }

  /** Before the conversations: what somebody lets in meanwhile is found there. */
  private void eraseHeld(List<HeldMail> held, String pseudonym, Tally tally) {
    for (HeldMail each : held) {
      if (heldTraces.erase(each, Actor.agent(agent), pseudonym)) {
        tally.messages++;
      }
    }
  }

  private static final class Tally {
    private int conversations;
    private int messages;
    private int postponed;

    boolean count(Optional<Integer> erased) {
      conversations++;
      erased.ifPresentOrElse(some -> messages += some, () -> postponed++);
      return erased.isPresent();
    }
  }

  /** Side threads first: they are found through the conversation beside which they are led. */
  private void erase(Conversation conversation, Person person, String pseudonym, Tally tally) {
    if (!erasing.isTheirs(conversation, person)) {
      tally.count(erasers.erase(someOf(conversation.id(), person, pseudonym)));
      return;
    }
    boolean sidesGone = true;
    for (Conversation side : parts.storage().persons().besides(List.of(conversation.id()))) {
      sidesGone &= tally.count(erasers.erase(allOf(side.id(), pseudonym)));
    }
    if (sidesGone) {
      tally.count(erasers.erase(allOf(conversation.id(), pseudonym)));
    }
  }

  private Erasers.Order allOf(ConversationId conversation, String pseudonym) {
    return new Erasers.Order(
        conversation,
        any -> true,
        (before, erased, newest) -> erasing.emptied(before, erased),
        messages -> new AuditFact.PersonErased(pseudonym, messages));
  }

  private Erasers.Order someOf(ConversationId conversation, Person person, String pseudonym) {
    return new Erasers.Order(
        conversation,
        person::concerns,
        (before, erased, newest) -> erasing.without(person, before, erased, newest.orElse(null)),
        messages -> new AuditFact.PersonErased(pseudonym, messages));
  }

  /** Drafts to them, merges and consents; refusals stay, under a pseudonym. */
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
                      .documents(suppressions.leftOf(consents))
                      .documents(removals.ofFiles(drafts));
              consents.forEach(change::drop);
              commit(change, new AuditFact.PersonErased(pseudonym, messages));
              return drafts;
            });
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
   * Erases what came or went in an inbox more than {@code age} ago, as {@link #erase} does. A
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
    Tally tally = new Tally();
    Page.@Nullable Mark after = null;
    do {
      Page<Message> page =
          parts.storage().persons().olderThan(inbox, before, new Page.Request(after, OLD_AT_ONCE));
      page.items().stream()
          .map(Message::conversation)
          .distinct()
          .forEach(each -> tally.count(erasers.erase(oldOf(each, inbox, before))));
      after = page.next();
    } while (after != null);
    removals.finish();
    return new Erasure("", tally.conversations, tally.messages, tally.postponed);
  }

  private Erasers.Order oldOf(ConversationId conversation, InboxId inbox, Instant before) {
    return new Erasers.Order(
        conversation,
        message -> message.inbox().equals(inbox) && message.at().isBefore(before),
        (was, erased, newest) ->
            newest
                .map(each -> erasing.renewed(erasing.counted(was, erased), each))
                .orElseGet(() -> erasing.counted(was, erased)),
        messages -> new AuditFact.RetentionApplied(before, messages));
  }

  /** With whoever was merged into them, and with the addresses that nobody else has. */
  private Person whole(Person person) {
    Set<CustomerId> customers = new LinkedHashSet<>(person.customers());
    person
        .customers()
        .forEach(
            kept ->
                ofOwner(DocumentKey.Kind.CUSTOMER_MERGE, kept).stream()
                    .map(CustomerMerge.class::cast)
                    .filter(CustomerMerge::holds)
                    .forEach(each -> customers.add(each.merged())));
    return new Person(customers, person.addresses()).with(ownAddresses(customers));
  }

  private List<Address> ownAddresses(Set<CustomerId> customers) {
    List<Address> addresses =
        parts.customers().findByIds(customers).stream()
            .map(Customer::addresses)
            .flatMap(List::stream)
            .distinct()
            .toList();
    Map<Address, List<CustomerId>> owners = parts.customers().findByAddresses(addresses);
    return addresses.stream()
        .filter(each -> customers.containsAll(owners.getOrDefault(each, List.of())))
        .toList();
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
