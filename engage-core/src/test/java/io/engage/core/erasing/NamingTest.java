package io.engage.core.erasing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.customer.Person;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PO-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class NamingTest {
  private static final Person ANA =
      Person.at(EmailAddress.of("ana@mail.example"), PhoneNumber.of("+14155550101"));
  private static final List<String> NAMES = List.of("Ana  Sílva", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ana@mail.example",
        "Write to ANA@mail.example.",
        "'ana@mail.example' is furious",
        "<mailto:ana@mail.example>",
        "susana@mail.example and ana@mail.example",
        "Call +1 (415) 555-0101 at noon",
        "Call 415.555.0101",
        "Her number: 5550101",
        "Ana Sílva's bell",
        "Ask ana\n SÍLVA",
        "Ana Si\u0301lva"
      })
  void who_is_named_is_found_however_it_was_typed(String text) {
    assertThat(Naming.decide(text, ANA, NAMES)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Ana is late",
        "Diana Sílva",
        "Ana Sílvander",
        "susana@mail.example",
        "su.ana@mail.example",
        "ana@mail.example.org",
        "ana@mail.examples",
        "ana@mail.example-shop.org",
        "Call 555 0102",
        "Order 4711 of 2026-03-02, 55 pieces at 501.01"
      })
  void somebody_else_is_not(String text) {
    assertThat(Naming.decide(text, ANA, NAMES)).isFalse();
  }

  @Test
  void who_has_neither_address_nor_name_is_named_nowhere() {
    Person unknown = Person.at(EmailAddress.of("eve@mail.example"));

    assertThat(Naming.decide("Ana Sílva, ana@mail.example", unknown, List.of(" "))).isFalse();
  }
}
