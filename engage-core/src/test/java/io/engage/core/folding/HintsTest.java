package io.engage.core.folding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WK-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HintsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Hi,",
        "Hello Kate,\n\nSent from my iPhone",
        "Hola Kate, buenos días:",
        "Bonjour Madame,\n\nCordialement\nBen Hall",
        "Guten Tag Frau Müller,",
        "Hallo zusammen,\n\nViele Grüße\nBen",
        "Boa tarde a todos,",
        "Gentile signora Rossi,\n--\nBen Hall",
        "-----\n\n***"
      })
  void a_greeting_or_a_signature_says_nothing(String own) {
    assertThat(Greetings.saySomething(own)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Yes",
        "Ok",
        "\ud83d\udc4d",
        "4711",
        "Thanks!",
        "Hi Kate, yes please.",
        "Hello,\n\nthat is fine.",
        "Hola, gracias.",
        "Hi, can you call me?",
        "Highly recommended",
        "Caro, ma va bene"
      })
  void anything_else_is_an_answer(String own) {
    assertThat(Greetings.saySomething(own)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"See my answers BELOW:", "Antworten siehe unten", "Respondo en rojo"})
  void answers_may_be_announced(String own) {
    assertThat(Hints.tellAnswersBelow(own)).isTrue();
  }
}
