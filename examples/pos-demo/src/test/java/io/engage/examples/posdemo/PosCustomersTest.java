package io.engage.examples.posdemo;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.examples.posdemo.PosCustomers.TillCustomer;
import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.customer.CustomerId;
import io.engage.spi.CustomerDirectory;
import io.engage.testkit.CustomerDirectoryContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PosCustomersTest extends CustomerDirectoryContract {
  private static final TillCustomer ANA =
      new TillCustomer(1001, "Ana Alvarez", List.of("ana@mail.example"), List.of("+14155550101"));

  @Override
  protected CustomerDirectory directory() {
    return new PosCustomers().with(ANA);
  }

  @Test
  void the_till_finds_an_address_in_any_case() {
    Address shouted = EmailAddress.of("ANA@mail.example");

    Map<Address, List<CustomerId>> found = directory().findByAddresses(List.of(shouted));

    assertThat(found).containsEntry(shouted, List.of(CustomerId.of("K1001")));
  }

  @Test
  void an_address_that_was_taken_from_a_customer_is_nobodys() {
    PosCustomers till = new PosCustomers().with(ANA);

    till.with(new TillCustomer(1001, "Ana Alvarez", List.of(), List.of()));

    assertThat(till.findByAddresses(List.of(EmailAddress.of("ana@mail.example")))).isEmpty();
  }
}
