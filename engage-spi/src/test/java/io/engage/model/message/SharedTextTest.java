package io.engage.model.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DL-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedTextTest {

  @Test
  void values_stand_between_the_pieces() {
    SharedText text = new SharedText(List.of("Dear ", ", your ", " is ready."));

    assertThat(text.places()).isEqualTo(2);
    assertThat(text.filled(List.of("Ana", "bike"))).isEqualTo("Dear Ana, your bike is ready.");
    assertThat(new SharedText(List.of("")).filled(List.of())).isEmpty();
  }

  @Test
  void a_text_needs_as_many_values_as_it_has_places() {
    SharedText text = new SharedText(List.of("Dear ", ""));

    assertThatThrownBy(() -> text.filled(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 values, not for 0");
    assertThatThrownBy(() -> new SharedText(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("G-34")
  void neither_the_text_nor_its_values_are_told() {
    SharedText text = new SharedText(List.of("Dear ", ""));
    SharedValues values = new SharedValues(List.of("Ana"), List.of("Ana"));

    assertThat(text + " " + values).doesNotContain("Dear", "Ana");
  }
}
