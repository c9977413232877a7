package io.engage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.spi.CustomerDirectory;
import io.engage.testkit.CustomerDirectoryContract;
import io.engage.testkit.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryCustomerDirectoryTest extends CustomerDirectoryContract {
  private static final EmailAddress SHARED = EmailAddress.of("family@example.com");

  @Override
  protected CustomerDirectory directory() {
    return InMemoryCustomerDirectory.create().with(Sample.ana()).with(Sample.ben());
  }

  @Test
  void whoever_prefers_an_address_comes_before_those_who_also_have_it() {
    InMemoryCustomerDirectory directory =
        InMemoryCustomerDirectory.create()
            .with("ana", "Ana", EmailAddress.of("ana@example.com"), SHARED)
            .with("ben", "Ben", SHARED);

    assertThat(directory.findByAddresses(List.of(SHARED)))
        .containsEntry(SHARED, List.of(CustomerId.of("ben"), CustomerId.of("ana")));
  }

  @Test
  void a_customer_who_is_replaced_is_not_found_by_addresses_they_no_longer_have() {
    InMemoryCustomerDirectory directory =
        InMemoryCustomerDirectory.create().with("ana", "Ana", SHARED);
    Address moved = EmailAddress.of("ana@example.org");

    directory.with("ana", "Ana", moved);

    assertThat(directory.findByAddresses(List.of(SHARED, moved))).containsOnlyKeys(moved);
    assertThat(directory.all()).extracting(Customer::id).containsExactly(CustomerId.of("ana"));
  }

  @Test
  void names_that_begin_with_the_words_come_first() {
    InMemoryCustomerDirectory directory =
        InMemoryCustomerDirectory.create()
            .with("1", "Carl", EmailAddress.of("roberta@example.com"))
            .with("2", "Anna Roberts", EmailAddress.of("a@example.com"))
            .with("3", "Robert", EmailAddress.of("b@example.com"));

    assertThat(directory.search("rober", 10))
        .extracting(customer -> customer.id().value())
        .containsExactly("3", "2", "1");
  }
}
