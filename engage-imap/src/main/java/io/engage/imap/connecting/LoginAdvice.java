package io.engage.imap.connecting;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What to do about a refused login, from the words by which large providers refuse, or else from
 * whose server it is. None of the server's own words are passed on.
 */
final class LoginAdvice {
  private static final String APP_PASSWORD =
      "It wants an app password: turn on two-step verification, make one for Engage, or use OAuth"
          + " 2.0.";
  private static final String NO_PASSWORDS =
      "It takes no passwords here (basic authentication is disabled); use OAuth 2.0.";

  private static final List<Hint> BY_WORDS =
      List.of(
          hint(
              "smtpclientauthentication is disabled",
              "SMTP AUTH is turned off for this mailbox; its administrator can turn it on."),
          hint("basic authentication|basicauthblocked|\\b5\\.7\\.30\\b", NO_PASSWORDS),
          hint("application-specific|app password|apppassword|\\b5\\.7\\.9\\b", APP_PASSWORD),
          hint(
              "web browser|webalert|\\b5\\.7\\.14\\b",
              "The provider holds this login back: log in once with a web browser and confirm it."),
          hint(
              "not enabled for imap|imap access is disabled|imap is disabled",
              "IMAP is turned off for this mailbox; turn it on in its settings."),
          hint(
              "\\[contactadmin|account (is )?(disabled|locked|suspended|blocked)",
              "The account is locked or limited; ask its administrator."),
          hint("\\[expired|password (has |is )?expired", "What was given has expired; renew it."),
          hint(
              "password transition|\\b[45]\\.7\\.12\\b",
              "The server wants the password set anew; change it once at the provider."));

  private static final List<Hint> BY_HOST =
      List.of(
          hint(
              "(^|\\.)(gmail|googlemail|google)\\.com$",
              "Google takes an app password (with two-step verification on) or OAuth 2.0, never"
                  + " the ordinary password."),
          hint(
              "(^|\\.)(office365|outlook|hotmail|live)\\.com$",
              "Microsoft takes OAuth 2.0 only, no passwords."),
          hint(
              "(^|\\.)(yahoo|aol|mail\\.me|icloud|me)\\.com$",
              "This provider takes an app password, made in the security settings of the account,"
                  + " never the ordinary one."));

  private LoginAdvice() {}

  private record Hint(Pattern pattern, String advice) {}

  /**
   * @param said the server's refusal
   */
  static String decide(String host, boolean token, String said) {
    String words = said.toLowerCase(Locale.ROOT);
    return BY_WORDS.stream()
        .filter(hint -> hint.pattern().matcher(words).find())
        .map(Hint::advice)
        .findFirst()
        .orElseGet(() -> token ? ofToken() : byHost(host.toLowerCase(Locale.ROOT)));
  }

  private static String ofToken() {
    return "Check that the token is for this user and for IMAP and SMTP; else its owner has to"
        + " consent again.";
  }

  private static String byHost(String host) {
    return BY_HOST.stream()
        .filter(hint -> hint.pattern().matcher(host).find())
        .map(Hint::advice)
        .findFirst()
        .orElse("Check user and password; many providers want an app password or OAuth 2.0.");
  }

  private static Hint hint(String regex, String advice) {
    return new Hint(Pattern.compile(regex), advice);
  }
}
