package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-6")
class MentionTest {
  private static final EmailAddress ANA = EmailAddress.of("ana@mail.example");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ana <ana@mail.example>",
        "ANA@mail.example, ben@mail.example",
        "ben@mail.example;ana@mail.example",
        "mailto:ana@mail.example",
        "ana@mail.example.",
        " ana@mail.example",
        "\"ana@mail.example\"",
        "susana@mail.example ana@mail.example",
        "ana@mail.example - old"
      })
  void an_address_is_found_however_it_was_typed(String text) {
    assertThat(Mention.isIn(text, ANA)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ana",
        "susana@mail.example,",
        "su.ana@mail.example,",
        "su-ana@mail.example,",
        "ana@mail.example.org,",
        "ana@mail.examples,",
        "ana@mail.example-shop.org,",
        "ana@mail.example"
      })
  void somebody_elses_is_not_and_one_that_is_an_address_is_not_looked_for(String text) {
    assertThat(Mention.isIn(text, ANA)).isFalse();
  }
}
