package io.engage.model.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-27")
class EmailAddressTest {

  @Test
  void the_domain_is_kept_in_lower_case_and_the_local_part_as_it_was_written() {
    assertThat(EmailAddress.of("Ana.Silva@Shop.EXAMPLE").value())
        .isEqualTo("Ana.Silva@shop.example");
    assertThat(EmailAddress.of("ana@shop.example"))
        .isNotEqualTo(EmailAddress.of("Ana@shop.example"));
  }

  @Test
  void an_international_domain_is_kept_in_its_ascii_form() {
    assertThat(EmailAddress.of("ana@Bücher.example").domain()).isEqualTo("xn--bcher-kva.example");
    assertThat(EmailAddress.of("ana@bücher.example"))
        .isEqualTo(EmailAddress.of("ana@xn--bcher-kva.example"));
  }

  @Test
  void a_local_part_beyond_ascii_says_what_it_needs() {
    assertThat(EmailAddress.of("josé@shop.example").needsSmtpUtf8()).isTrue();
    assertThat(EmailAddress.of("jose@bücher.example").needsSmtpUtf8()).isFalse();
  }

  @Test
  void whatever_case_the_domain_comes_in_it_is_one_address() {
    Random random = new Random(27);
    for (int round = 0; round < 1_000; round++) {
      String local = letters(random, 8);
      String domain = letters(random, 6) + "." + letters(random, 3);

      EmailAddress one = EmailAddress.of(local + "@" + domain.toUpperCase(Locale.ROOT));
      EmailAddress other = EmailAddress.of(local + "@" + domain.toLowerCase(Locale.ROOT));

      assertThat(one).isEqualTo(other);
      assertThat(one.localPart()).isEqualTo(local);
      assertThat(EmailAddress.of(one.value())).isEqualTo(one);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "joe@@x.example",
        "\"john doe\"@shop.example",
        "a+b/c=d@shop.example",
        "x@[127.0.0.1]",
        "o'neil@shop.example"
      })
  void odd_addresses_that_work_are_accepted(String odd) {
    assertThat(EmailAddress.parse(odd)).isPresent();
  }

  @ParameterizedTest
  @Tag("G-32")
  @ValueSource(
      strings = {
        "",
        "@",
        "ana",
        "ana@",
        "@shop.example",
        "ana@shop.example\r\nBcc: ben@x.example",
        "ana\r\n@shop.example",
        "ana\u0000@shop.example",
        "a na@shop.example",
        "<ana@shop.example>",
        "ana@shop.example>",
        "ana,ben@shop.example",
        "ana\u2028@shop.example",
        "ana\u202e@shop.example",
        "ana@shop.\u760d\u760a.example ",
        "ana@shop example",
        "ana@shop.example,ben"
      })
  void what_could_break_out_of_a_header_or_a_command_is_no_address(String hostile) {
    assertThat(EmailAddress.parse(hostile)).isEmpty();
  }

  @Test
  @Tag("G-34")
  void the_error_does_not_repeat_what_was_written() {
    assertThatThrownBy(() -> EmailAddress.of("ana secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an e-mail address")
        .hasMessageNotContaining("secret");
  }

  @Test
  void names_lose_their_line_breaks_and_nothing_else() {
    assertThat(NamedAddress.of("Ana\r\nBcc: ben", "ana@shop.example").name())
        .isEqualTo("Ana  Bcc: ben");
    assertThat(NamedAddress.of("", "ana@shop.example").label()).isEqualTo("ana@shop.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4155550123",
        "+0155550123",
        "+1 415 555 0123",
        "+1415555012345678",
        "+12345",
        "tel:+14155550123"
      })
  void a_phone_number_is_in_its_international_form_or_none(String wrong) {
    assertThatThrownBy(() -> PhoneNumber.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    assertThat(PhoneNumber.of("+14155550123").value()).isEqualTo("+14155550123");
  }

  private static String letters(Random random, int most) {
    return random
        .ints(1 + random.nextInt(most), 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
