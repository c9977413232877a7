package io.engage.core;

import io.engage.core.receiving.Arrival;
import io.engage.core.receiving.Known;
import io.engage.core.threading.Threading;
import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.InboxSettings.CompletedAnswered;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.HeldTrace;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.AnswerBudget;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.model.rule.RuleAction.SendTemplate;
import io.engage.model.sms.SmsPolicy;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the ports what is known about a batch of mail before it is decided. The number of questions
 * does not depend on the size of the batch.
 */
final class Remembering {
  private final Parts parts;
  private final Threading threading;
  private final Identities identities;

  Remembering(Parts parts, Threading threading) {
    this.parts = parts;
    this.threading = threading;
    this.identities = new Identities(parts);
  }

  Known about(
      AccountId account,
      List<Arrival.Readable> readable,
      @Nullable FolderCursor cursor,
      Set<ServerUid> recorded) {
    List<Inbox> all = parts.storage().inboxes().inboxes();
    return about(account, inboxesOf(account, all), all, readable, cursor, recorded);
  }

  /** About a mail that is kept for review, though no inbox may use its account any more. */
  Known aboutHeld(HeldMail held, Arrival.Readable readable) {
    List<Inbox> all = parts.storage().inboxes().inboxes();
    AccountId account = held.uid().folder().account();
    List<Inbox> delivering = parts.accounts().reception().inboxesOf(account, all);
    List<Inbox> inboxes =
        delivering.isEmpty()
            ? all.stream().filter(each -> each.id().equals(held.inbox())).toList()
            : delivering;
    return about(account, inboxes, all, List.of(readable), null, Set.of());
  }

  private Known about(
      AccountId account,
      List<Inbox> inboxes,
      List<Inbox> all,
      List<Arrival.Readable> readable,
      @Nullable FolderCursor cursor,
      Set<ServerUid> recorded) {
    List<Message> sameBytes = parts.storage().inboxes().withSource(digests(readable));
    List<Message> named = named(readable, all.stream().anyMatch(Remembering::opensAnother));
    Map<Address, List<CustomerId>> customers = customers(readable);
    Map<DocumentKey, Document> documents = documents(readable, all);
    return new Known(
        inboxes,
        all,
        cursor,
        recorded,
        sameBytes,
        fromHere(account, inboxes, sameBytes),
        named,
        conversationsOf(readable, sameBytes, named),
        sms(readable),
        customers,
        new Deletions(parts.storage().ledger()).carriedOut(sameBytes, parts.clock().instant()),
        held(documents),
        Map.of(),
        answers(documents, customers),
        policy(documents));
  }

  private static SmsPolicy policy(Map<DocumentKey, Document> documents) {
    return documents.get(SmsPolicy.KEY) instanceof SmsPolicy stored ? stored : SmsPolicy.usual();
  }

  private List<Inbox> inboxesOf(AccountId account, List<Inbox> all) {
    List<Inbox> inboxes = parts.accounts().reception().inboxesOf(account, all);
    if (inboxes.isEmpty()) {
      throw new IllegalStateException(
          "No inbox uses mail account '%s', so its mail has nowhere to go. Add one with inbox(...)."
              .formatted(account.value()));
    }
    return inboxes;
  }

  private static boolean opensAnother(Inbox inbox) {
    return inbox.settings().completedAnswered() == CompletedAnswered.OPENS_ANOTHER;
  }

  /** A rule or an agent may have given them to an inbox of another account. */
  private Set<MessageId> fromHere(AccountId account, List<Inbox> inboxes, List<Message> sameBytes) {
    Set<InboxId> here = inboxes.stream().map(Inbox::id).collect(Collectors.toSet());
    List<MessageId> elsewhere =
        sameBytes.stream()
            .filter(message -> !here.contains(message.inbox()))
            .map(Message::id)
            .toList();
    return elsewhere.isEmpty()
        ? Set.of()
        : parts.storage().ledger().placesOf(elsewhere).stream()
            .filter(entry -> entry.uid().folder().account().equals(account))
            .map(LedgerEntry::messages)
            .flatMap(List::stream)
            .collect(Collectors.toSet());
  }

  /** What was kept for review, what inboxes answer with, and how much of it went out. */
  private Map<DocumentKey, Document> documents(List<Arrival.Readable> readable, List<Inbox> all) {
    Set<DocumentKey> keys =
        digests(readable).stream().map(HeldTrace::keyOf).collect(Collectors.toSet());
    if (readable.stream().anyMatch(arrival -> arrival.classification().sms() != null)) {
      keys.add(SmsPolicy.KEY);
    }
    List<DocumentKey> templates =
        all.stream().flatMap(inbox -> templates(inbox.settings())).map(Template::keyOf).toList();
    if (!templates.isEmpty()) {
      keys.addAll(templates);
      readable.stream()
          .flatMap(arrival -> arrival.parsed().headers().from().stream())
          .map(NamedAddress::address)
          .forEach(sender -> addBudgets(sender, keys));
    }
    return keys.isEmpty()
        ? Map.of()
        : parts.storage().documents().find(keys).stream()
            .collect(Collectors.toMap(Document::key, each -> each, (one, same) -> one));
  }

  private static void addBudgets(EmailAddress sender, Collection<DocumentKey> to) {
    to.add(AnswerBudget.keyOf(AnswerBudget.idOf(sender)));
    to.add(AnswerBudget.keyOf(AnswerBudget.idOfDomain(sender)));
  }

  private static Stream<TemplateId> templates(InboxSettings settings) {
    Stream<TemplateId> byRules =
        settings.rules().rules().stream()
            .flatMap(rule -> rule.then().stream())
            .filter(SendTemplate.class::isInstance)
            .map(action -> ((SendTemplate) action).template());
    return settings.confirmation() == null
        ? byRules
        : Stream.concat(byRules, Stream.of(settings.confirmation().template()));
  }

  /** Whatever inboxes they went to: what was not taken once is not new anywhere. */
  private Known.Held held(Map<DocumentKey, Document> documents) {
    List<HeldTrace> traces = only(HeldTrace.class, documents).toList();
    Set<DocumentKey> mails =
        traces.stream()
            .flatMap(trace -> trace.held().stream())
            .map(HeldMail::keyOf)
            .collect(Collectors.toSet());
    return traces.isEmpty()
        ? Known.Held.NONE
        : new Known.Held(
            traces,
            mails.isEmpty()
                ? List.of()
                : parts.storage().documents().find(mails).stream()
                    .map(HeldMail.class::cast)
                    .toList());
  }

  private Known.Answers answers(
      Map<DocumentKey, Document> documents, Map<Address, List<CustomerId>> customers) {
    Map<TemplateId, Template> templates =
        only(Template.class, documents).collect(Collectors.toMap(Template::id, each -> each));
    return templates.isEmpty()
        ? Known.Answers.NONE
        : new Known.Answers(
            templates,
            only(AnswerBudget.class, documents)
                .collect(Collectors.toMap(AnswerBudget::id, each -> each)),
            names(customers));
  }

  private Map<CustomerId, String> names(Map<Address, List<CustomerId>> customers) {
    Set<CustomerId> ids =
        customers.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    return ids.isEmpty()
        ? Map.of()
        : parts.customers().findByIds(ids).stream()
            .collect(Collectors.toMap(Customer::id, Customer::name, (one, same) -> one));
  }

  private static <T extends Document> Stream<T> only(
      Class<T> kind, Map<DocumentKey, Document> documents) {
    return documents.values().stream().filter(kind::isInstance).map(kind::cast);
  }

  private static Set<ContentDigest> digests(List<Arrival.Readable> readable) {
    return readable.stream()
        .map(arrival -> arrival.mail().source().digest())
        .collect(Collectors.toSet());
  }

  /**
   * What carries the Message-IDs that are named, and what else names those that nothing carries.
   *
   * @param withSiblings whether what names the others is wanted too
   */
  private List<Message> named(List<Arrival.Readable> readable, boolean withSiblings) {
    Set<RfcMessageId> wanted = namedIds(readable);
    List<Message> carrying = parts.storage().inboxes().withMessageId(wanted);
    Set<String> known =
        carrying.stream().flatMap(Remembering::caselessId).collect(Collectors.toSet());
    Set<String> arriving =
        readable.stream().flatMap(Remembering::caselessId).collect(Collectors.toSet());
    Set<RfcMessageId> unknown =
        wanted.stream()
            .filter(
                id ->
                    withSiblings
                        || !known.contains(id.caseless())
                        || arriving.contains(id.caseless()))
            .collect(Collectors.toSet());
    return Stream.concat(carrying.stream(), parts.storage().search().naming(unknown).stream())
        .toList();
  }

  private static Stream<String> caselessId(Message message) {
    return Stream.ofNullable(message.headers().messageId()).map(RfcMessageId::caseless);
  }

  private static Stream<String> caselessId(Arrival.Readable arrival) {
    return Stream.ofNullable(arrival.parsed().headers().messageId()).map(RfcMessageId::caseless);
  }

  private static Set<RfcMessageId> namedIds(List<Arrival.Readable> readable) {
    return readable.stream()
        .flatMap(arrival -> arrival.namedMessages().stream())
        .collect(Collectors.toSet());
  }

  private List<Conversation> conversationsOf(
      List<Arrival.Readable> readable, List<Message> sameBytes, List<Message> named) {
    Set<ConversationId> ids = new LinkedHashSet<>();
    Stream.of(sameBytes, named).flatMap(List::stream).map(Message::conversation).forEach(ids::add);
    readable.forEach(arrival -> ids.addAll(threading.tokensIn(arrival.parsed().headers())));
    Set<ConversationNumber> numbers =
        readable.stream()
            .flatMap(
                arrival ->
                    ConversationNumber.findAll(arrival.parsed().headers().subject()).stream())
            .collect(Collectors.toSet());
    List<Conversation> found = new ArrayList<>();
    if (!ids.isEmpty()) {
      found.addAll(parts.storage().inboxes().conversations(ids));
    }
    if (!numbers.isEmpty()) {
      found.addAll(parts.storage().search().numbered(numbers));
    }
    return found;
  }

  private Map<PhoneNumber, List<Conversation>> sms(List<Arrival.Readable> readable) {
    Set<PhoneNumber> numbers = new LinkedHashSet<>();
    readable.forEach(
        arrival -> {
          if (arrival.classification().sms() != null) {
            numbers.add(arrival.classification().sms().number());
          }
        });
    Map<PhoneNumber, List<Conversation>> found = new HashMap<>();
    if (!numbers.isEmpty()) {
      for (Conversation each : parts.storage().search().sms(numbers)) {
        each.participants().stream()
            .filter(PhoneNumber.class::isInstance)
            .map(PhoneNumber.class::cast)
            .forEach(number -> found.computeIfAbsent(number, any -> new ArrayList<>()).add(each));
      }
    }
    return found;
  }

  private Map<Address, List<CustomerId>> customers(List<Arrival.Readable> readable) {
    Set<Address> senders = new LinkedHashSet<>();
    for (Arrival.Readable arrival : readable) {
      arrival.parsed().headers().from().stream().map(NamedAddress::address).forEach(senders::add);
      if (arrival.classification().sms() != null) {
        senders.add(arrival.classification().sms().number());
      }
    }
    return senders.isEmpty() ? Map.of() : identities.at(senders);
  }
}
