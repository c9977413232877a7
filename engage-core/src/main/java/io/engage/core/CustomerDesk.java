package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.linking.Introducing;
import io.engage.core.linking.PhoneNumbers;
import io.engage.core.working.Wish;
import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.Person;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom conversations are with: linking, creating, merging, and what was exchanged with a customer.
 *
 * <p>Thread-safe. Each action is permitted by the host before and committed with its audit entry
 * when the method returns.
 */
public final class CustomerDesk {
  private final Parts parts;
  private final Permitting permitting;
  private final Concerned concerned;
  private final BulkActions actions;
  private final Opening opening;
  private final Merging merging;
  private final Identities identities;

  CustomerDesk(
      Parts parts, Permitting permitting, BulkActions actions, Opening opening, Merging merging) {
    this.parts = parts;
    this.permitting = permitting;
    this.concerned = new Concerned(parts, permitting);
    this.actions = actions;
    this.opening = opening;
    this.merging = merging;
    this.identities = new Identities(parts);
  }

  /**
   * Customers to choose from: those whose name, address or number contains these words. An e-mail
   * address or phone number that is typed in full is understood however it is written, and whoever
   * has it comes first.
   *
   * @return refused when the agent may read no inbox
   */
  public Outcome<List<Customer>> find(String words, int limit) {
    return permitting.somewhere(
        AgentAction.READ, readable -> new Outcome.Done<>(search(words, limit)));
  }

  private List<Customer> search(String words, int limit) {
    Map<CustomerId, Customer> found = new LinkedHashMap<>();
    address(words.strip())
        .ifPresent(address -> customersAt(address).forEach(each -> found.put(each.id(), each)));
    parts.customers().search(words, limit).forEach(each -> found.putIfAbsent(each.id(), each));
    return found.values().stream().limit(limit).toList();
  }

  private Optional<Address> address(String words) {
    return words.indexOf('@') > 0
        ? EmailAddress.parse(words).map(Address.class::cast)
        : PhoneNumbers.parse(words, parts.region()).map(Address.class::cast);
  }

  /**
   * All customers who have the address or number of whoever a message was exchanged with, the one
   * who is linked by itself first: families share addresses, and an agent may know better.
   */
  public Outcome<List<Customer>> candidates(MessageId message) {
    return permitting.onAnyMessage(
        AgentAction.READ,
        message,
        (found, conversation) ->
            new Outcome.Done<>(
                Introducing.correspondent(found).map(this::customersAt).orElse(List.of())));
  }

  private List<Customer> customersAt(Address address) {
    List<CustomerId> ids = identities.at(address);
    Map<CustomerId, Customer> byId =
        parts.customers().findByIds(ids).stream()
            .collect(Collectors.toMap(Customer::id, Function.identity(), (one, other) -> one));
    return ids.stream().filter(byId::containsKey).map(byId::get).toList();
  }

  /**
   * Links conversations and all their messages to a customer, or to whoever they are merged into.
   * The library links them to nobody else afterwards.
   *
   * @return refused for each when the directory does not know the customer, and for a side thread:
   *     no customer sees what is led beside their conversation
   */
  public Map<ConversationId, Outcome<Conversation>> link(
      Collection<ConversationId> conversations, CustomerId customer) {
    return actions.act(
        conversations, new Wish.Link(requireNonNull(customer, "customer"), null, "an agent chose"));
  }

  /**
   * Takes the link to a customer from conversations and all their messages. The library links them
   * to nobody by itself afterwards.
   */
  public Map<ConversationId, Outcome<Conversation>> unlink(
      Collection<ConversationId> conversations) {
    return actions.act(conversations, new Wish.Unlink("an agent took it away"));
  }

  /**
   * Creates a customer from a message, with its sender's address, and links its conversation. One
   * message makes one customer, however often this is called.
   *
   * @param name empty for the name that the message gives
   * @return refused when the conversation is linked already, and in a side thread, as {@link #link}
   *     is
   */
  public Outcome<Customer> create(MessageId message, String name) {
    return opening.createCustomer(message, name);
  }

  /**
   * Makes one of two customers: everything of {@code merged} stands with {@code kept} from now on,
   * also what comes later from an address that the directory still has with {@code merged}. Takes
   * several commits when there is much; called again after it was cut short, it goes on.
   *
   * @return unknown when the directory does not know {@code kept}; refused when one of them is
   *     merged into somebody else already
   */
  public Outcome<CustomerMerge> merge(CustomerId kept, CustomerId merged) {
    return concerned.onPerson(
        AgentAction.MERGE_CUSTOMERS,
        Person.of(requireNonNull(merged, "merged"), requireNonNull(kept, "kept")),
        () ->
            parts.customers().findByIds(List.of(kept)).isEmpty()
                ? new Outcome.Unknown<>()
                : merging.merge(kept, merged));
  }

  /**
   * Undoes the merge of {@code merged} into somebody: what moved then and is still there goes back.
   * Called again after it was cut short, it goes on.
   *
   * @return refused when that somebody was merged into somebody else since, which has to be undone
   *     first
   */
  public Outcome<CustomerMerge> undoMerge(CustomerId merged) {
    Set<CustomerId> both = new LinkedHashSet<>(List.of(merged));
    merging.find(merged).ifPresent(merge -> both.add(merge.kept()));
    return concerned.onPerson(
        AgentAction.MERGE_CUSTOMERS, new Person(both, Set.of()), () -> merging.undo(merged));
  }

  /**
   * Who was merged into a customer, undone merges too. Shown to whoever may merge customers
   * wherever there is something of this one.
   */
  public Outcome<List<CustomerMerge>> mergesInto(CustomerId kept) {
    return concerned.onPerson(
        AgentAction.MERGE_CUSTOMERS,
        Person.of(kept),
        () -> new Outcome.Done<>(identities.mergesInto(kept)));
  }

  /**
   * All e-mails and SMS with a customer and with whoever was merged into them, over all inboxes
   * that the agent may read, newest first.
   */
  public Page<Message> history(CustomerId customer, Page.Request page) {
    return history(customer, null, page);
  }

  /**
   * The same of one channel: the e-mail history, or the SMS history.
   *
   * @param channel null for both
   */
  public Page<Message> history(CustomerId customer, @Nullable Channel channel, Page.Request page) {
    Set<InboxId> readable = permitting.permitted(AgentAction.READ);
    return readable.isEmpty()
        ? new Page<>(List.of(), null)
        : parts
            .storage()
            .search()
            .historyOf(identities.withMerged(customer), readable, channel, page);
  }
}
