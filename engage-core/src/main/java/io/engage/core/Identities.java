package io.engage.core;

import io.engage.model.address.Address;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.Person;
import io.engage.model.document.DocumentKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who has an address: what the directory says, with those who were merged into somebody else taken
 * for that one. The directory may know both for as long as it likes.
 */
final class Identities {
  /** Whoever was merged into somebody who was merged into somebody. */
  private static final int MOST_MERGES_IN_A_ROW = 10;

  private static final int MERGES_AT_ONCE = 500;

  private final Parts parts;

  Identities(Parts parts) {
    this.parts = parts;
  }

  List<CustomerId> at(Address address) {
    return at(List.of(address)).getOrDefault(address, List.of());
  }

  Map<Address, List<CustomerId>> at(Collection<Address> addresses) {
    Map<Address, List<CustomerId>> known = parts.customers().findByAddresses(addresses);
    Map<CustomerId, CustomerId> now =
        now(known.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
    Map<Address, List<CustomerId>> current = new HashMap<>();
    known.forEach(
        (address, customers) ->
            current.put(
                address,
                customers.stream().map(each -> now.getOrDefault(each, each)).distinct().toList()));
    return current;
  }

  /** Who stands for a customer now: they themselves, or whoever they were merged into. */
  CustomerId now(CustomerId customer) {
    return now(Set.of(customer)).getOrDefault(customer, customer);
  }

  /** Everybody who is the same person as this customer by now: whoever was merged with them. */
  Set<CustomerId> allOf(CustomerId customer) {
    return withMerged(now(customer));
  }

  /** A customer, and whoever was merged into them, or into one of those. */
  Set<CustomerId> withMerged(CustomerId kept) {
    Set<CustomerId> all = new LinkedHashSet<>(List.of(kept));
    Deque<CustomerId> left = new ArrayDeque<>(all);
    while (!left.isEmpty()) {
      mergesInto(left.remove()).stream()
          .filter(CustomerMerge::holds)
          .map(CustomerMerge::merged)
          .filter(all::add)
          .forEach(left::add);
    }
    return all;
  }

  /** Who was merged into a customer, undone merges too. */
  List<CustomerMerge> mergesInto(CustomerId kept) {
    List<CustomerMerge> merges = new ArrayList<>();
    String after = "";
    int found;
    do {
      List<CustomerMerge> some =
          parts
              .storage()
              .documents()
              .ofOwner(DocumentKey.Kind.CUSTOMER_MERGE, kept.value(), after, MERGES_AT_ONCE)
              .stream()
              .map(CustomerMerge.class::cast)
              .toList();
      merges.addAll(some);
      found = some.size();
      after = found == 0 ? after : some.get(found - 1).key().id();
    } while (found == MERGES_AT_ONCE);
    return merges;
  }

  /** Who stands for a customer now, if the directory knows that one. */
  @Nullable CustomerId known(CustomerId customer) {
    CustomerId now = now(customer);
    return parts.customers().findByIds(List.of(now)).isEmpty() ? null : now;
  }

  private Set<CustomerId> allOf(Collection<CustomerId> customers) {
    Set<CustomerId> all = new LinkedHashSet<>(customers);
    customers.forEach(each -> all.addAll(allOf(each)));
    return all;
  }

  /**
   * Somebody with whoever is one with them, and with the addresses that the directory gives and
   * nobody else has.
   */
  Person whole(Person person) {
    Set<CustomerId> customers = allOf(person.customers());
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

  /** For whom each of these stands now, when that is somebody else. */
  Map<CustomerId, CustomerId> now(Set<CustomerId> customers) {
    Map<CustomerId, CustomerId> now = new HashMap<>();
    Set<CustomerId> asked = new LinkedHashSet<>(customers);
    for (int step = 0; step < MOST_MERGES_IN_A_ROW && !asked.isEmpty(); step++) {
      Map<CustomerId, CustomerId> merges = merges(asked);
      asked.forEach(each -> follow(each, merges, now));
      now.replaceAll((from, to) -> merges.getOrDefault(to, to));
      asked = new LinkedHashSet<>(merges.values());
    }
    return now;
  }

  private static void follow(
      CustomerId each, Map<CustomerId, CustomerId> merges, Map<CustomerId, CustomerId> now) {
    CustomerId kept = merges.get(each);
    if (kept != null) {
      now.putIfAbsent(each, kept);
    }
  }

  private Map<CustomerId, CustomerId> merges(Set<CustomerId> customers) {
    return parts
        .storage()
        .documents()
        .find(customers.stream().map(CustomerMerge::keyOf).toList())
        .stream()
        .map(CustomerMerge.class::cast)
        .filter(CustomerMerge::holds)
        .collect(Collectors.toMap(CustomerMerge::merged, CustomerMerge::kept));
  }
}
