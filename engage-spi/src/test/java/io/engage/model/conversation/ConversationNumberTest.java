package io.engage.model.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TH-1")
class ConversationNumberTest {
  private static final ConversationNumber BIKE = ConversationNumber.of(ConversationId.of("bike"));

  @Test
  void it_follows_from_the_id_for_ever() {
    assertThat(BIKE).isEqualTo(ConversationNumber.of(ConversationId.of("bike")));
    assertThat(BIKE.value()).isEqualTo(923042314);
  }

  @Test
  void few_conversations_share_one() {
    Set<ConversationNumber> numbers = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      numbers.add(ConversationNumber.of(ConversationId.of("c" + i)));
    }

    assertThat(numbers).hasSizeGreaterThan(9_990);
  }

  @Test
  void it_is_found_in_a_subject_and_goes_from_it() {
    String subject = "Re: My bike " + BIKE.inSubject();

    assertThat(ConversationNumber.findAll(subject)).containsExactly(BIKE);
    assertThat(ConversationNumber.removeFrom(subject)).isEqualTo("Re: My bike");
    assertThat(ConversationNumber.findAll("Order [#1234], #123456789, [#0123456789]")).isEmpty();
  }

  @Test
  void of_many_in_a_subject_ten_are_looked_at() {
    StringBuilder subject = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      subject.append("[#").append(100_000_000 + i).append(']');
    }

    assertThat(ConversationNumber.findAll(subject.toString())).hasSize(10);
  }

  @Test
  void it_has_nine_digits() {
    assertThatThrownBy(() -> new ConversationNumber(42))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'42'");
  }
}
