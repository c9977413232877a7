package io.engage.imap.connecting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("IN-2")
@Tag("IN-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoginAdviceTest {

  @ParameterizedTest
  @CsvSource({
    "imap.gmail.com, app password",
    "SMTP.GMAIL.COM, app password",
    "outlook.office365.com, OAuth 2.0 only",
    "smtp-mail.outlook.com, OAuth 2.0 only",
    "imap.mail.yahoo.com, app password",
    "imap.mail.me.com, app password",
    "imap.shop.example, Check user and password",
    "gmail.com.evil.example, Check user and password",
    "notgmail.com, Check user and password",
  })
  void a_provider_that_says_nothing_is_known_by_its_host(String host, String advice) {
    assertThat(LoginAdvice.decide(host, false, "[AUTHENTICATIONFAILED] no")).contains(advice);
  }

  @ParameterizedTest
  @CsvSource({"imap.gmail.com", "imap.shop.example"})
  void whoever_gave_a_token_is_not_told_of_passwords(String host) {
    assertThat(LoginAdvice.decide(host, true, "no"))
        .contains("token")
        .doesNotContainIgnoringCase("password");
  }
}
