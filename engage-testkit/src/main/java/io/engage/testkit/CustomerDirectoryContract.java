package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.NewCustomer;
import io.engage.spi.CustomerDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CustomerDirectory} must do. Extend it in your own project and return your
 * directory; whatever customers it holds already may stay, because each test creates its own,
 * through {@link CustomerDirectory#create}, with names and addresses that nobody else has.
 *
 * <pre>{@code
 * class CrmDirectoryTest extends CustomerDirectoryContract {
 *   @Override
 *   protected CustomerDirectory directory() {
 *     return new CrmDirectory(testDatabase);
 *   }
 * }
 * }</pre>
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("TH-2")
@Tag("TH-3")
public abstract class CustomerDirectoryContract {
  private CustomerDirectory directory;
  private String mark = "";
  private EmailAddress anasMail = EmailAddress.of("ana@example.com");
  private PhoneNumber anasPhone = PhoneNumber.of("+14155550101");

  /** The directory to be tested. */
  protected abstract CustomerDirectory directory();

  @BeforeEach
  void openDirectory() {
    directory = directory();
    mark = mark();
    anasMail = mail("ana");
    anasPhone = phone();
  }

  @Test
  void a_created_customer_has_what_was_asked_for() {
    Customer ana = createAna();

    assertThat(ana.name()).isEqualTo("Ana " + mark);
    assertThat(ana.addresses()).containsExactlyInAnyOrder(anasMail, anasPhone);
  }

  @Test
  void a_created_customer_is_found_by_id() {
    Customer ana = createAna();

    List<Customer> found = directory.findByIds(List.of(ana.id()));

    assertThat(found).containsExactly(ana);
  }

  @Test
  void a_created_customer_is_found_by_each_of_their_addresses() {
    Customer ana = createAna();

    Map<Address, List<CustomerId>> found = directory.findByAddresses(List.of(anasMail, anasPhone));

    assertThat(found)
        .hasSize(2)
        .containsEntry(anasMail, List.of(ana.id()))
        .containsEntry(anasPhone, List.of(ana.id()));
  }

  @Test
  void addresses_that_nobody_has_are_left_out() {
    createAna();

    Map<Address, List<CustomerId>> found =
        directory.findByAddresses(List.of(mail("nobody"), anasMail, phone()));

    assertThat(found).containsOnlyKeys(anasMail);
  }

  @Test
  void no_addresses_give_no_answers() {
    assertThat(directory.findByAddresses(List.of())).isEmpty();
  }

  @Test
  void an_address_that_is_only_part_of_a_known_one_is_not_known() {
    createAna();

    Map<Address, List<CustomerId>> found =
        directory.findByAddresses(List.of(EmailAddress.of("x" + anasMail.value())));

    assertThat(found).isEmpty();
  }

  @Test
  void everybody_who_has_an_address_is_found_by_it() {
    Customer ana = createAna();
    Customer husband = create("Husband", anasMail);

    Map<Address, List<CustomerId>> found = directory.findByAddresses(List.of(anasMail));

    assertThat(found.get(anasMail)).containsExactlyInAnyOrder(ana.id(), husband.id());
  }

  @Test
  void thousands_of_addresses_are_answered_at_once() {
    Customer ana = createAna();
    List<Address> many = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      many.add(mail("nobody" + i));
    }
    many.add(anasMail);
    many.add(anasMail);

    Map<Address, List<CustomerId>> found = directory.findByAddresses(many);

    assertThat(found).hasSize(1).containsEntry(anasMail, List.of(ana.id()));
  }

  @Test
  void those_who_exist_are_found_by_their_ids() {
    Customer ana = createAna();
    Customer ben = create("Ben", mail("ben"));
    CustomerId unknown = unknownId();

    List<Customer> found = directory.findByIds(List.of(ana.id(), unknown, ben.id(), ana.id()));

    assertThat(found).containsExactlyInAnyOrder(ana, ben);
    assertThat(directory.findByIds(List.of(unknown))).isEmpty();
    assertThat(directory.findByIds(List.of())).isEmpty();
  }

  @Test
  void customers_are_found_by_a_part_of_their_name_in_any_case() {
    Customer ana = createAna();

    assertThat(directory.search(mark, 10)).containsExactly(ana);
    assertThat(directory.search(mark.toUpperCase(Locale.ROOT), 10)).containsExactly(ana);
    assertThat(directory.search(mark.substring(2, 12), 10)).contains(ana);
  }

  @Test
  void customers_are_found_by_a_part_of_an_e_mail_address_in_any_case() {
    Customer ben = directory.create(new NewCustomer(mark(), "Ben", List.of(mail("ben"))));

    assertThat(directory.search("ben." + mark + "@exam", 10)).containsExactly(ben);
    assertThat(directory.search(("BEN." + mark).toUpperCase(Locale.ROOT), 10)).containsExactly(ben);
  }

  @Test
  void customers_are_found_by_a_part_of_a_phone_number() {
    Customer ana = createAna();

    assertThat(directory.search(anasPhone.value().substring(2), 10)).contains(ana);
  }

  @Test
  void at_most_as_many_are_found_as_are_asked_for() {
    for (int i = 0; i < 5; i++) {
      create("Twin", mail("twin" + i));
    }

    assertThat(directory.search(mark, 3)).hasSize(3).doesNotHaveDuplicates();
    assertThat(directory.search(mark, 10)).hasSize(5);
  }

  @Test
  void nobody_is_found_by_nothing_or_by_words_that_nobody_has() {
    createAna();

    assertThat(directory.search("", 10)).isEmpty();
    assertThat(directory.search("  ", 10)).isEmpty();
    assertThat(directory.search(mark + "x", 10)).isEmpty();
  }

  @Test
  void words_are_words_and_no_patterns() {
    createAna();

    assertThat(directory.search(mark.substring(0, 5) + "%", 10)).isEmpty();
    assertThat(directory.search(mark.replace(mark.charAt(3), '_'), 10)).isEmpty();
    assertThat(directory.search(mark.substring(0, 5) + ".*", 10)).isEmpty();
  }

  @Test
  @Tag("TH-3")
  void however_often_one_key_is_given_there_is_one_customer() {
    NewCustomer wanted = new NewCustomer(mark(), "Ana " + mark, List.of(anasMail));

    List<Customer> created = Race.run(8, () -> directory.create(wanted));

    Customer again = directory.create(new NewCustomer(wanted.key(), "", List.of(mail("other"))));
    assertThat(created).hasSize(8).containsOnly(again);
    assertThat(directory.findByAddresses(List.of(anasMail)))
        .containsEntry(anasMail, List.of(again.id()));
    assertThat(directory.findByAddresses(List.of(mail("other")))).isEmpty();
  }

  @Test
  void two_calls_create_two_customers() {
    Customer first = createAna();
    Customer second = createAna();

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(directory.findByIds(List.of(first.id(), second.id()))).hasSize(2);
  }

  @Test
  void a_customer_without_a_name_can_be_created() {
    Customer nameless = directory.create(new NewCustomer(mark(), "", List.of(anasMail)));

    assertThat(directory.findByAddresses(List.of(anasMail)))
        .containsEntry(anasMail, List.of(nameless.id()));
  }

  @Test
  void many_may_call_at_once() {
    List<CustomerId> created =
        Race.run(
            8,
            () -> {
              Customer customer = create("Racer", mail("racer" + mark()));
              return directory.findByAddresses(customer.addresses()).values().stream()
                  .findFirst()
                  .orElseThrow()
                  .get(0);
            });

    assertThat(created).doesNotHaveDuplicates();
    assertThat(directory.findByIds(created)).hasSize(8);
  }

  private Customer createAna() {
    return create("Ana", anasMail, anasPhone);
  }

  private Customer create(String name, Address... addresses) {
    return directory.create(new NewCustomer(mark(), name + " " + mark, List.of(addresses)));
  }

  /** The id of a customer that certainly exists, changed so that it certainly does not. */
  private CustomerId unknownId() {
    Customer probe = create("Probe", mail("probe"));
    String digits = probe.id().value().replaceAll("[0-9]", "9");
    CustomerId unknown = CustomerId.of(digits);
    return unknown.equals(probe.id()) ? CustomerId.of(digits + "9") : unknown;
  }

  private EmailAddress mail(String who) {
    return EmailAddress.of(who + "." + mark + "@example.com");
  }

  private static PhoneNumber phone() {
    return PhoneNumber.of(
        "+1" + ThreadLocalRandom.current().nextLong(2_000_000_000_000L, 9_999_999_999_999L));
  }

  /** Letters only, so that it stands in names and addresses alike. */
  private static String mark() {
    return ThreadLocalRandom.current()
        .ints(16, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
