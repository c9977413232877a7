package io.engage.model.customer;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One person, as somebody asks for all that is held on them: who they are in the host's directory,
 * and where they are reached. Addresses are compared in any case here: better one too many.
 */
public record Person(Set<CustomerId> customers, Set<Address> addresses) {

  public Person {
    customers = Set.copyOf(customers);
    addresses = Set.copyOf(addresses);
    if (customers.isEmpty() && addresses.isEmpty()) {
      throw new IllegalArgumentException("A person needs a customer or an address");
    }
  }

  public static Person of(CustomerId... customers) {
    return new Person(Set.copyOf(List.of(customers)), Set.of());
  }

  public static Person at(Address... addresses) {
    return new Person(Set.of(), Set.copyOf(List.of(addresses)));
  }

  public Person with(Collection<? extends Address> more) {
    Set<Address> all = new LinkedHashSet<>(addresses);
    all.addAll(more);
    return new Person(customers, all);
  }

  public boolean isReachedAt(Address address) {
    return addresses.stream().anyMatch(each -> caseless(each).equals(caseless(address)));
  }

  /** Whether a message is linked to them, or names an address of theirs anywhere in its header. */
  public boolean concerns(Message message) {
    CustomerId customer = message.state().customer();
    return (customer != null && customers.contains(customer))
        || addressesOf(message).anyMatch(this::isReachedAt);
  }

  /** Whether a header names an address of theirs anywhere. */
  public boolean isNamedIn(MailHeaders headers) {
    return addressesOf(headers).anyMatch(this::isReachedAt);
  }

  /** Whether a conversation is linked to them, or they take part in it or get copies. */
  public boolean concerns(Conversation conversation) {
    CustomerId customer = conversation.state().customer();
    return (customer != null && customers.contains(customer))
        || addressesOf(conversation).anyMatch(this::isReachedAt);
  }

  /** Whether a draft is to go to them. */
  public boolean concerns(Draft draft) {
    Composition content = draft.content();
    return addressesOf(List.of(content.to(), content.cc(), content.bcc()))
        .anyMatch(this::isReachedAt);
  }

  /** Under what their messages, conversations and drafts are found: for stores. */
  public Set<String> keys() {
    return Stream.concat(
            customers.stream().map(Person::keyOf), addresses.stream().map(Person::caseless))
        .collect(Collectors.toSet());
  }

  /** Under what a message is found. */
  public static Set<String> keysOf(Message message) {
    MailHeaders headers = message.headers();
    Set<String> keys = keysOf(message.state().customer());
    addKeys(headers.from(), keys);
    addKeys(headers.to(), keys);
    addKeys(headers.cc(), keys);
    addKeys(headers.bcc(), keys);
    addKeys(headers.replyTo(), keys);
    headers.deliveredTo().forEach(each -> keys.add(caseless(each)));
    if (message.phone() != null) {
      keys.add(caseless(message.phone()));
    }
    return keys;
  }

  /** Under what a conversation is found. */
  public static Set<String> keysOf(Conversation conversation) {
    Set<String> keys = keysOf(conversation.state().customer());
    conversation.participants().forEach(each -> keys.add(caseless(each)));
    addKeys(conversation.exchange().cc(), keys);
    addKeys(conversation.exchange().bcc(), keys);
    return keys;
  }

  private static Set<String> keysOf(@Nullable CustomerId customer) {
    Set<String> keys = new HashSet<>();
    if (customer != null) {
      keys.add(keyOf(customer));
    }
    return keys;
  }

  /** Every message that is stored comes by here, so there is no stream for each of its lists. */
  private static void addKeys(List<NamedAddress> people, Set<String> keys) {
    for (NamedAddress each : people) {
      keys.add(caseless(each.address()));
    }
  }

  /** No address has a space at its beginning. */
  private static String keyOf(CustomerId customer) {
    return " " + customer.value();
  }

  private static String caseless(Address address) {
    return requireNonNull(address, "address").value().toLowerCase(Locale.ROOT);
  }

  private static Stream<Address> addressesOf(Message message) {
    return Stream.concat(addressesOf(message.headers()), Stream.ofNullable(message.phone()));
  }

  private static Stream<Address> addressesOf(MailHeaders headers) {
    return Stream.concat(
        addressesOf(
            List.of(headers.from(), headers.to(), headers.cc(), headers.bcc(), headers.replyTo())),
        headers.deliveredTo().stream());
  }

  private static Stream<Address> addressesOf(Conversation conversation) {
    return Stream.concat(
        conversation.participants().stream(),
        addressesOf(List.of(conversation.exchange().cc(), conversation.exchange().bcc())));
  }

  private static Stream<Address> addressesOf(List<List<NamedAddress>> lists) {
    return lists.stream().flatMap(List::stream).map(NamedAddress::address);
  }

  @Override
  public String toString() {
    return "Person[%d customers, %d addresses]".formatted(customers.size(), addresses.size());
  }
}
