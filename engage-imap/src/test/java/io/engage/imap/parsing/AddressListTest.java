package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.parse;
import static io.engage.imap.parsing.Mails.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.engage.model.address.NamedAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SY-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressListTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "ana@customers.example||ana@customers.example",
        "<ana@customers.example>||ana@customers.example",
        "Ana Lima <ana@customers.example>|Ana Lima|ana@customers.example",
        "\"Lima, Ana\" <ana@customers.example>|Lima, Ana|ana@customers.example",
        "Lima, Ana <ana@customers.example>|Lima, Ana|ana@customers.example",
        "\"Ana \\\"Bike\\\" Lima\" <ana@customers.example>|Ana \"Bike\" Lima|ana@customers.example",
        "ana@customers.example (Ana Lima)|Ana Lima|ana@customers.example",
        "Ana (the (nested) one) <ana@customers.example>|Ana|ana@customers.example",
        "Ana Lima ana@customers.example|Ana Lima|ana@customers.example",
        "Ana Lima <ana@customers.example|Ana Lima|ana@customers.example",
        "<<ana@customers.example>>||ana@customers.example",
        "'ana@customers.example'||ana@customers.example",
        "<mailto:ana@customers.example>||ana@customers.example",
        "<@relay.example,@other.example:ana@customers.example>||ana@customers.example",
        "\"ana lima\"@customers.example||\"ana lima\"@customers.example",
        "Ana: Lima@work <ana@customers.example>|Lima@work|ana@customers.example",
        "=?utf-8?Q?Jos=C3=A9?= <jose@customers.example>|José|jose@customers.example",
        "\"=?utf-8?Q?Jos=C3=A9?=\" <jose@customers.example>|José|jose@customers.example",
        "=?utf-8?Q?M=C3=BCller,_Hans?= <hans@customers.example>|Müller, Hans|hans@customers.example",
        "Ana@Home <ana@customers.example>|Ana@Home|ana@customers.example",
        "ana@CUSTOMERS.Example||ana@customers.example",
        "joe@@customers.example||joe@@customers.example",
      })
  void an_address_is_read_as_people_write_it(String written, String name, String address) {
    List<NamedAddress> from = parse("From: " + written, "", "Hello").headers().from();

    assertThat(from).containsExactly(NamedAddress.of(name == null ? "" : name, address));
  }

  @Test
  void a_group_gives_its_members_and_an_empty_group_nobody() {
    var headers =
        parse(
                "To: Team: ana@shop.example, Ben <ben@shop.example>;, carla@shop.example",
                "Cc: undisclosed-recipients:;",
                "",
                "Hello")
            .headers();

    assertThat(headers.to())
        .containsExactly(
            NamedAddress.of("ana@shop.example"),
            NamedAddress.of("Ben", "ben@shop.example"),
            NamedAddress.of("carla@shop.example"));
    assertThat(headers.cc()).isEmpty();
  }

  @Test
  void lists_are_parted_by_commas_and_semicolons_but_not_within_names() {
    var to =
        parse("To: a@x.example; Lima, Ana <b@x.example>,\"C, D; E\" <c@x.example>,", "", "Hello")
            .headers()
            .to();

    assertThat(to)
        .containsExactly(
            NamedAddress.of("a@x.example"),
            NamedAddress.of("Lima, Ana", "b@x.example"),
            NamedAddress.of("C, D; E", "c@x.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<<>>", "<>", "nobody", "@", "ana@", "@customers.example", ",,,;;", ""})
  void what_is_no_address_is_left_out(String written) {
    var mail = parse("From: " + written, "Subject: still read", "", "Hello");

    assertThat(mail.headers().from()).isEmpty();
    assertThat(mail.headers().subject()).isEqualTo("still read");
  }

  @Test
  void names_in_raw_utf_8_and_windows_1252_are_read() {
    var from = parse("From: " + utf8("Zoë Ødegård") + " <zoe@customers.example>", "").headers();
    var to = parse("To: Jos\u00e9 <jose@customers.example>", "").headers();

    assertThat(from.from())
        .containsExactly(NamedAddress.of("Zoë Ødegård", "zoe@customers.example"));
    assertThat(to.to()).containsExactly(NamedAddress.of("José", "jose@customers.example"));
  }

  @Test
  @Tag("G-15")
  void at_most_1000_addresses_of_a_field_are_kept() {
    StringBuilder field = new StringBuilder("To: ");
    for (int i = 0; i < 100_000; i++) {
      field.append("\r\n c").append(i).append("@x.example,");
    }

    var mail =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> parse("From: ana@x.example", field.toString(), "", "Hi"));

    assertThat(mail.headers().to()).hasSize(1_000);
    assertThat(mail.headers().to().get(0).address().value()).isEqualTo("c0@x.example");
    assertThat(mail.headers().from()).hasSize(1);
    assertThat(mail.text()).isEqualTo("Hi\r\n".replace("\r", ""));
    assertThat(mail.warnings()).anyMatch(warning -> warning.contains("addresses"));
  }

  @ParameterizedTest
  @Tag("G-15")
  @ValueSource(
      strings = {
        "\"", "(", "<", ")", ">", "\\\"", "\\(", ":", ",", ";", "=?", "a,", "a:", "<a", "\"<",
        "=?a?q?", "@", " ", "@,", "=?:", "a b"
      })
  void hostile_fields_take_linear_time(String piece) {
    String field = "From: " + piece.repeat(1_000_000 / piece.length());

    var mail = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> parse(field, "", "Hi"));

    assertThat(mail.text()).isEqualTo("Hi\n");
    assertThat(mail.headers().from()).hasSizeLessThanOrEqualTo(1_000);
  }
}
