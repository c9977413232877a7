package io.engage.examples.posdemo;

import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.NewCustomer;
import io.engage.spi.CustomerDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The customers of the till, as Engage asks for them: what a POS developer writes.
 *
 * <p>The till keeps its customers in its own way, by number, with e-mails and phones apart. It
 * knows that nobody's mailbox depends on upper and lower case, so {@code Ana@} finds {@code ana@}.
 */
final class PosCustomers implements CustomerDirectory {

  /** A row of the till's table. */
  record TillCustomer(int number, String name, List<String> emails, List<String> phones) {
    TillCustomer {
      emails = List.copyOf(emails);
      phones = List.copyOf(phones);
    }

    Stream<String> contacts() {
      return Stream.concat(emails.stream(), phones.stream());
    }
  }

  private final Map<Integer, TillCustomer> table = new TreeMap<>();
  private final Map<String, TillCustomer> byKey = new HashMap<>();
  private final Map<String, Set<Integer>> numbersByContact = new HashMap<>();

  /** Adds a row, or replaces the one with that number. */
  synchronized PosCustomers with(TillCustomer row) {
    TillCustomer before = table.put(row.number(), row);
    if (before != null) {
      before.contacts().map(PosCustomers::key).forEach(key -> unlist(key, row.number()));
    }
    row.contacts()
        .map(PosCustomers::key)
        .forEach(
            key ->
                numbersByContact
                    .computeIfAbsent(key, any -> new LinkedHashSet<>())
                    .add(row.number()));
    return this;
  }

  @Override
  public synchronized Map<Address, List<CustomerId>> findByAddresses(
      Collection<Address> addresses) {
    Map<Address, List<CustomerId>> known = new HashMap<>();
    for (Address address : addresses) {
      List<TillCustomer> rows = rowsWith(key(address.value()));
      if (!rows.isEmpty()) {
        known.put(address, rows.stream().map(PosCustomers::id).toList());
      }
    }
    return known;
  }

  @Override
  public synchronized List<Customer> findByIds(Collection<CustomerId> ids) {
    return ids.stream()
        .distinct()
        .flatMap(id -> number(id).stream())
        .flatMap(number -> Optional.ofNullable(table.get(number)).stream())
        .map(PosCustomers::customer)
        .toList();
  }

  @Override
  public synchronized List<Customer> search(String words, int limit) {
    String wanted = key(words.strip());
    if (wanted.isEmpty()) {
      return List.of();
    }
    return table.values().stream()
        .filter(row -> rank(row, wanted) < NO_MATCH)
        .sorted(Comparator.comparingInt(row -> rank(row, wanted)))
        .limit(limit)
        .map(PosCustomers::customer)
        .toList();
  }

  @Override
  public synchronized Customer create(NewCustomer wanted) {
    TillCustomer earlier = byKey.get(wanted.key());
    if (earlier != null) {
      return customer(earlier);
    }
    int number = table.keySet().stream().mapToInt(Integer::intValue).max().orElse(1000) + 1;
    TillCustomer row =
        new TillCustomer(
            number,
            wanted.name(),
            values(wanted.addresses(), EmailAddress.class),
            values(wanted.addresses(), PhoneNumber.class));
    with(row);
    byKey.put(wanted.key(), row);
    return customer(row);
  }

  private static final int NO_MATCH = 3;

  /** A name that begins so, a name that has it, then an address or number that has it. */
  private static int rank(TillCustomer row, String wanted) {
    String name = key(row.name());
    if (name.contains(wanted)) {
      return name.startsWith(wanted) ? 0 : 1;
    }
    return row.contacts().anyMatch(contact -> key(contact).contains(wanted)) ? 2 : NO_MATCH;
  }

  /** Whoever gave this contact first comes first. */
  private List<TillCustomer> rowsWith(String key) {
    return numbersByContact.getOrDefault(key, Set.of()).stream()
        .flatMap(number -> Optional.ofNullable(table.get(number)).stream())
        .sorted(Comparator.comparingInt(row -> place(row, key)))
        .toList();
  }

  private static int place(TillCustomer row, String key) {
    return row.contacts().map(PosCustomers::key).toList().indexOf(key);
  }

  private void unlist(String key, int number) {
    Set<Integer> numbers = numbersByContact.getOrDefault(key, new LinkedHashSet<>());
    numbers.remove(number);
  }

  private static List<String> values(List<Address> addresses, Class<? extends Address> kind) {
    return addresses.stream().filter(kind::isInstance).map(Address::value).toList();
  }

  private static Customer customer(TillCustomer row) {
    List<Address> addresses = new ArrayList<>();
    row.emails().forEach(email -> addresses.add(EmailAddress.of(email)));
    row.phones().forEach(phone -> addresses.add(PhoneNumber.of(phone)));
    return new Customer(id(row), row.name(), addresses);
  }

  private static CustomerId id(TillCustomer row) {
    return CustomerId.of("K" + row.number());
  }

  private static Optional<Integer> number(CustomerId id) {
    return id.value().matches("K[0-9]{1,9}")
        ? Optional.of(Integer.valueOf(id.value().substring(1)))
        : Optional.empty();
  }

  private static String key(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
