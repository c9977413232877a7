package io.engage.model.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-32")
class OutboundMessageTest {
  private static final NamedAddress SHOP = NamedAddress.of("Shop", "hello@shop.example");
  private static final NamedAddress ANA = NamedAddress.of("Ana", "ana@customer.example");

  @ParameterizedTest
  @ValueSource(
      strings = {"My bike\r\nBcc: x@y.example", "a\nb", "a\rb", "a\u0000b", "a\u2028b", "a\u0085b"})
  void no_control_character_gets_into_a_subject_or_a_field(String hostile) {
    assertThatThrownBy(() -> message(hostile, List.of(), List.of(ANA)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The subject has a line break");
    assertThatThrownBy(
            () -> message("My bike", List.of(new HeaderField("X-Campaign", hostile)), List.of(ANA)))
        .hasMessageContaining("'X-Campaign'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X Campaign", "X:Campaign", "X\r\nBcc", "Größe"})
  void a_field_name_is_what_rfc_5322_allows(String name) {
    assertThatThrownBy(() -> message("My bike", List.of(new HeaderField(name, "v")), List.of(ANA)))
        .hasMessageContaining("RFC 5322");
  }

  @Test
  @Tag("G-31")
  void a_mail_to_nobody_cannot_be_made_and_nobody_is_named_twice() {
    assertThatThrownBy(() -> message("My bike", List.of(), List.of()))
        .hasMessageContaining("recipient");
    assertThat(message("My bike", List.of(), List.of(ANA, ANA)).envelopeRecipients())
        .containsExactly(EmailAddress.of("ana@customer.example"));
  }

  @Test
  @Tag("G-34")
  void it_does_not_print_what_it_says() {
    assertThat(message("My secret", List.of(), List.of(ANA)).toString())
        .doesNotContain("secret", "ana@");
  }

  private static OutboundMessage message(
      String subject, List<HeaderField> fields, List<NamedAddress> to) {
    return new OutboundMessage(
        RfcMessageId.of("1@shop.example"),
        OffsetDateTime.parse("2026-03-02T08:00:00Z"),
        SHOP,
        to,
        List.of(),
        List.of(),
        List.of(),
        subject,
        "text",
        null,
        List.of(),
        List.of(),
        fields,
        List.of());
  }
}
