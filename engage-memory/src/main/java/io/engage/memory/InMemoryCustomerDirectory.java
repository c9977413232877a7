package io.engage.memory;

import io.engage.model.address.Address;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.NewCustomer;
import io.engage.spi.CustomerDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Customers on the heap, in the order in which they came. Any thread may use it. */
public final class InMemoryCustomerDirectory implements CustomerDirectory {
  private final Guard guard = new Guard();
  private final Map<CustomerId, Customer> byId = new LinkedHashMap<>();
  private final Map<Address, List<CustomerId>> byAddress = new HashMap<>();
  private final Map<String, CustomerId> idsByKey = new HashMap<>();
  private long created;

  private InMemoryCustomerDirectory() {}

  /** A directory that knows nobody yet. */
  public static InMemoryCustomerDirectory create() {
    return new InMemoryCustomerDirectory();
  }

  /** Adds a customer, or replaces the one with that id, and returns this directory. */
  public InMemoryCustomerDirectory with(Customer customer) {
    guard.change(() -> store(customer));
    return this;
  }

  /** Adds a customer with e-mail addresses or phone numbers, the preferred one first. */
  public InMemoryCustomerDirectory with(String id, String name, Address... addresses) {
    return with(new Customer(CustomerId.of(id), name, List.of(addresses)));
  }

  /** Everybody, in the order in which they came. */
  public List<Customer> all() {
    return guard.read(() -> List.copyOf(byId.values()));
  }

  @Override
  public Map<Address, List<CustomerId>> findByAddresses(Collection<Address> addresses) {
    return guard.read(
        () -> {
          Map<Address, List<CustomerId>> known = new HashMap<>();
          for (Address address : addresses) {
            List<CustomerId> found = byAddress.get(address);
            if (found != null) {
              known.put(address, bestFirst(address, found));
            }
          }
          return known;
        });
  }

  @Override
  public List<Customer> findByIds(Collection<CustomerId> ids) {
    return guard.read(
        () -> ids.stream().distinct().map(byId::get).filter(Objects::nonNull).toList());
  }

  @Override
  public List<Customer> search(String words, int limit) {
    String wanted = words.strip();
    if (wanted.isEmpty()) {
      return List.of();
    }
    return guard.read(
        () ->
            byId.values().stream()
                .filter(customer -> rank(customer, wanted) < Integer.MAX_VALUE)
                .sorted(Comparator.comparingInt(customer -> rank(customer, wanted)))
                .limit(limit)
                .toList());
  }

  @Override
  public Customer create(NewCustomer customer) {
    return guard.write(
        () -> {
          CustomerId earlier = idsByKey.get(customer.key());
          if (earlier != null && byId.containsKey(earlier)) {
            return byId.get(earlier);
          }
          Customer made = new Customer(freeId(), customer.name(), customer.addresses());
          idsByKey.put(customer.key(), made.id());
          store(made);
          return made;
        });
  }

  private void store(Customer customer) {
    Customer earlier = byId.put(customer.id(), customer);
    if (earlier != null) {
      earlier.addresses().forEach(address -> unlist(address, earlier.id()));
    }
    customer.addresses().stream().distinct().forEach(address -> list(address, customer.id()));
  }

  private void list(Address address, CustomerId id) {
    byAddress.computeIfAbsent(address, any -> new ArrayList<>(1)).add(id);
  }

  private void unlist(Address address, CustomerId id) {
    byAddress.computeIfPresent(
        address,
        (any, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
  }

  /** Whoever prefers the address comes before those who also have it. */
  private List<CustomerId> bestFirst(Address address, List<CustomerId> ids) {
    return ids.stream().sorted(Comparator.comparingInt(id -> place(address, id))).toList();
  }

  private int place(Address address, CustomerId id) {
    Customer customer = byId.get(id);
    return customer == null ? Integer.MAX_VALUE : customer.addresses().indexOf(address);
  }

  private static int rank(Customer customer, String words) {
    if (Text.startsWith(customer.name(), words)) {
      return 0;
    }
    if (Text.contains(customer.name(), words)) {
      return 1;
    }
    return customer.addresses().stream().anyMatch(each -> Text.contains(each.value(), words))
        ? 2
        : Integer.MAX_VALUE;
  }

  private CustomerId freeId() {
    CustomerId id = CustomerId.of("customer-" + ++created);
    while (byId.containsKey(id)) {
      id = CustomerId.of("customer-" + ++created);
    }
    return id;
  }
}
