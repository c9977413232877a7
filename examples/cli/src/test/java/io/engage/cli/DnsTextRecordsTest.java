package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asks a name server on this machine that says what it is told to. */
@Tag("DL-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class DnsTextRecordsTest {
  private final NameServer server = new NameServer();
  private TextRecords records = name -> List.of();

  @BeforeEach
  void start() throws IOException {
    server.start();
    records = new DnsTextRecords("dns://127.0.0.1:" + server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_record_comes_in_one_piece_as_it_was_published() throws IOException {
    server.texts("shop.example", List.of("v=spf1 include:mail.example ~all"));
    server.texts("shop.example", List.of("site=a\"b\\c"));

    List<String> found = records.of("shop.example");

    assertThat(found).containsExactlyInAnyOrder("v=spf1 include:mail.example ~all", "site=a\"b\\c");
  }

  @Test
  void the_strings_of_a_long_record_are_joined_without_a_blank() throws IOException {
    server.texts("s1._domainkey.shop.example", List.of("v=DKIM1; p=", "MIIB", "IjAN BgkQ", ""));

    assertThat(records.of("s1._domainkey.shop.example"))
        .containsExactly("v=DKIM1; p=MIIBIjAN BgkQ");
  }

  @Test
  void a_name_that_stands_for_another_has_its_records() throws IOException {
    server.alias("s1._domainkey.shop.example", "s1.keys.mail.example");
    server.texts("s1.keys.mail.example", List.of("v=DKIM1;p=MIIB"));

    assertThat(records.of("s1._domainkey.shop.example")).containsExactly("v=DKIM1;p=MIIB");
  }

  @Test
  void a_name_that_is_unknown_or_none_has_no_records() throws IOException {
    assertThat(records.of("_dmarc.nobody.example")).isEmpty();
    assertThat(records.of("no..name")).isEmpty();
  }

  @Test
  void a_name_server_that_fails_is_told_from_a_name_without_records() throws IOException {
    server.fails();

    assertThatThrownBy(() -> records.of("shop.example"))
        .isInstanceOf(IOException.class)
        .hasMessage("The name servers of this machine do not answer");
  }
}
