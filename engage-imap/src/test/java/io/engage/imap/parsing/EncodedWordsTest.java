package io.engage.imap.parsing;

import static io.engage.imap.parsing.Mails.utf8;
import static io.engage.imap.parsing.Mails.withField;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SY-3")
@Tag("G-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class EncodedWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Repair|Repair",
        "=?utf-8?Q?Caf=C3=A9?=|Café",
        "=?UTF-8?q?Caf=c3=a9_now?=|Café now",
        "=?utf-8?B?Q2Fmw6k=?=|Café",
        "=?utf-8?B?Q2Fmw6k?=|Café",
        "Re: =?iso-8859-1?Q?Caf=E9?= open|Re: Café open",
        "=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=|Café",
        "=?utf-8?B?Q2Fmww==?= =?utf-8?B?qQ==?=|Café",
        "=?utf-8?Q?Caf=C3?= =?UTF-8?B?qQ==?=|Café",
        "=?utf-8?Q?a?==?utf-8?Q?b?=|ab",
        "=?utf-8?Q?a?= b =?utf-8?Q?c?=|a b c",
        "=?utf-8*en?Q?Caf=C3=A9?=|Café",
        "=?utf-8?Q?two words?=|two words",
        "=?utf-8?Q?Caf=C3=A9=?=|Café=",
        "=?utf-8?Q?100=25?=|100%",
        "=?cp-1252?Q?=80_20?=|€ 20",
        "=?utf8mb4?Q?=F0=9F=9A=B2?=|🚲",
        "=?x-unknown?Q?Caf=C3=A9?=|Café",
        "=?us-ascii?Q?Caf=E9?=|Café",
        "=?utf-8?Q?Caf=E9?=|Café",
        "=?gb2312?B?xOO6ww==?=|你好",
        "=?ks_c_5601-1987?B?vsiz5w==?=|안녕",
        "=?iso-2022-jp?B?GyRCJDMkcxsoQg==?=|こん",
        "=?utf-8?X?abc?=|=?utf-8?X?abc?=",
        "=?utf-8?Q?never ends|=?utf-8?Q?never ends",
        "=??Q?abc?=|abc",
        "=?utf-8?Q??=|''",
      })
  void a_subject_is_decoded(String written, String expected) {
    assertThat(withField("Subject: " + written).headers().subject())
        .isEqualTo("''".equals(expected) ? "" : expected);
  }

  @Test
  void raw_bytes_are_read_as_utf_8_then_as_windows_1252_then_as_japanese() {
    assertThat(withField("Subject: " + utf8("Größe für José")).headers().subject())
        .isEqualTo("Größe für José");
    assertThat(withField("Subject: Gr\u00f6\u00dfe \u0080 20").headers().subject())
        .isEqualTo("Größe € 20");
    assertThat(withField("Subject: \u001b$B$3$s\u001b(B").headers().subject()).isEqualTo("こん");
  }

  @Test
  @Tag("G-32")
  void a_decoded_line_break_stays_on_the_line() {
    var mail = withField("Subject: =?utf-8?Q?Hello=0D=0ABcc:_victim@x.example=00=E2=80=A8end?=");

    assertThat(mail.headers().subject()).isEqualTo("Hello Bcc: victim@x.example end");
    assertThat(mail.headers().bcc()).isEmpty();
  }

  @Test
  void a_folded_subject_is_one_line() {
    var mail = withField("Subject: one\r\n two\r\n\t=?utf-8?Q?th?=\r\n =?utf-8?Q?ree?=");

    assertThat(mail.headers().subject()).isEqualTo("one two three");
  }

  @ParameterizedTest
  @Tag("G-15")
  @ValueSource(
      strings = {"=?", "=?a?q?", "=?utf-8?q?a?= ", "=?utf-8?b?", "?=", "=?x?q?=", "=?utf-8?q?a"})
  void megabytes_of_encoded_words_take_linear_time(String piece) {
    String field = "Subject: " + piece.repeat(3_000_000 / piece.length());

    var mail = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> withField(field));

    assertThat(mail.headers().subject()).hasSizeLessThanOrEqualTo(Bounds.SUBJECT);
    assertThat(mail.text()).isEqualTo("Hello\n");
  }
}
