package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.withField;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SY-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class DateReadingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon, 4 Mar 2024 09:05:07 +0100|2024-03-04T09:05:07+01:00",
        "4 Mar 2024 09:05:07 +0100|2024-03-04T09:05:07+01:00",
        "Mon, 04 Mar 2024 09:05 +0100|2024-03-04T09:05:00+01:00",
        "Mon,4 Mar 2024 09:05:07 +01:00|2024-03-04T09:05:07+01:00",
        "Mon, 4 Mar 24 09:05:07 GMT|2024-03-04T09:05:07Z",
        "Mon, 4 Mar 99 09:05:07 EST|1999-03-04T09:05:07-05:00",
        "Mon, 4 Mar 104 09:05:07 GMT|2004-03-04T09:05:07Z",
        "Mon, 4 Mar 2024 09:05:07 PDT|2024-03-04T09:05:07-07:00",
        "Mon, 4 Mar 2024 09:05:07 GMT+0200|2024-03-04T09:05:07+02:00",
        "Mon, 4 Mar 2024 09:05:07 -0000 (UTC)|2024-03-04T09:05:07Z",
        "Mon, 4 Mar 2024 09:05:07 (CET)|2024-03-04T09:05:07+01:00",
        "Mon, 4 Mar 2024 09:05:07 +0100 (Mitteleurop\u00e4ische Zeit)|2024-03-04T09:05:07+01:00",
        "Mon, 4 Mar 2024 9:5:7 +0100|2024-03-04T09:05:07+01:00",
        "Mon, 4 Mar 2024 09.05.07 +0100|2024-03-04T09:05:07+01:00",
        "Mon Mar  4 09:05:07 2024|2024-03-04T09:05:07Z",
        "Mon Mar 4 09:05:07 CET 2024|2024-03-04T09:05:07+01:00",
        "March 4, 2024 9:05:07 PM|2024-03-04T21:05:07Z",
        "2024-03-04T09:05:07Z|2024-03-04T09:05:07Z",
        "2024-03-04T09:05:07.123+02:00|2024-03-04T09:05:07+02:00",
        "2024-03-04 09:05:07 +0200|2024-03-04T09:05:07+02:00",
        "04-Mar-2024 09:05:07 +0100|2024-03-04T09:05:07+01:00",
        "04-Mar-24 09:05:07 UT|2024-03-04T09:05:07Z",
        "04/03/2024 09:05:07|2024-03-04T09:05:07Z",
        "03/24/2024 09:05:07|2024-03-24T09:05:07Z",
        "Mo, 4 M\u00e4r 2024 09:05:07 +0100|2024-03-04T09:05:07+01:00",
        "lun., 4 juil. 2024 09:05:07 +0200|2024-07-04T09:05:07+02:00",
        "4 Mar 2024|2024-03-04T00:00:00Z",
        "Thu, 31 Dec 2015 23:59:60 +0000|2015-12-31T23:59:59Z",
        "Mon, 4 Mar 2024 09:05:07 +9999|2024-03-04T09:05:07Z",
      })
  void a_date_is_read_in_the_forms_that_real_mail_has(String written, String expected) {
    assertThat(withField("Date: " + written).headers().date())
        .isEqualTo(OffsetDateTime.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "yesterday", "32 Jan 2024 10:00:00 +0000", "30 Feb 2024 10:00 +0000", "Mon, 4 Mar",
        "4 Mar 2024 25:00:00 +0000", "99999999999999999999", "0/0/0", "-- :: ::",
            "Mon, 4 Xyz 2024 10:00:00"
      })
  void what_is_no_date_is_none_and_named_in_a_warning(String written) {
    var mail = withField("Date: " + written);

    assertThat(mail.headers().date()).isNull();
    assertThat(mail.warnings()).anyMatch(warning -> warning.contains("Date"));
  }

  @Test
  @Tag("G-15")
  void a_megabyte_of_date_is_none() {
    assertThat(withField("Date: " + "1:".repeat(500_000)).headers().date()).isNull();
  }
}
