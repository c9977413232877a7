package io.engage.imap.fetching;

import io.engage.imap.connecting.Failures;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/** What a server means by NO, BAD or BYE, from its response code (RFC 5530) or its words. */
final class Refusals {
  private static final Pattern CODE = Pattern.compile("^\\s*\\[([A-Z0-9-]{1,40})");
  private static final Pattern LATER =
      Pattern.compile(
          "too many|try again|temporar|throttl|come back later|overload|bandwidth|rate limit"
              + "|exceeded command|back-?off|server busy|server unavailable|service unavailable"
              + "|authenticated but not connected|not allowed at this time|connection limit");
  private static final Pattern FAULT =
      Pattern.compile("internal|error|fail|fetch|bug|corrupt|too little|invalid|crash|unexpected");

  /** As Microsoft's servers write it. */
  private static final Pattern WAIT =
      Pattern.compile("back-?off time:?\\s*(\\d{1,12})\\s*(milliseconds|seconds)");

  private static final Duration LONGEST_WAIT = Duration.ofHours(6);

  /** Some servers ask to try again with another password. */
  private static final Pattern WRONG =
      Pattern.compile("password|credential|incorrect|invalid|bad login|not recognized");

  private static final Pattern SURELY_LATER =
      Pattern.compile("too many|temporar|throttl|later|overload|authenticated but not connected");

  private Refusals() {}

  /** What a refused login means: what the server cannot check now is no wrong password. */
  static Reason ofLogin(@Nullable Response response) {
    Reason reason = reason(response, Reason.WRONG_CREDENTIAL);
    String rest = response == null || response.getRest() == null ? "" : response.getRest();
    String words = rest.toLowerCase(Locale.ROOT);
    boolean coded = CODE.matcher(rest.toUpperCase(Locale.ROOT)).find();
    if (reason == Reason.PROTOCOL && SURELY_LATER.matcher(words).find()) {
      return Reason.BUSY;
    }
    boolean onlyAgain = reason == Reason.BUSY && !coded && !SURELY_LATER.matcher(words).find();
    return onlyAgain && WRONG.matcher(words).find() ? Reason.WRONG_CREDENTIAL : reason;
  }

  /**
   * @param otherwise what a NO or BYE means that says nothing more
   */
  static Reason reason(@Nullable Response response, Reason otherwise) {
    if (response == null) {
      return otherwise;
    }
    String rest = response.getRest();
    return decide(rest == null ? "" : rest, response.isBAD(), otherwise);
  }

  /** A failure that says what the server means, and how long it wants to be left alone. */
  static MailAccessFailure failure(
      Failures failures, @Nullable Response response, Reason otherwise) {
    Reason reason = reason(response, otherwise);
    Duration wait = response == null || reason != Reason.BUSY ? null : wait(words(response));
    return wait == null ? failures.of(reason) : failures.busy(wait);
  }

  /**
   * Passes over a refusal that may be about one mail, so that the others still come.
   *
   * @throws MailAccessFailure when it is about the moment or the user
   */
  static void requireNoneToComeBack(Failures failures, Response done) {
    if (done.isOK() || words(done).contains("[serverbug]")) {
      return;
    }
    Reason reason = reason(done, Reason.NO_FOLDER);
    if (reason == Reason.BUSY || reason == Reason.WRONG_CREDENTIAL) {
      throw failure(failures, done, reason);
    }
  }

  /** Whether a BYE tells of something that went wrong; else the server only wants to end it. */
  static boolean isFault(Response bye) {
    return FAULT.matcher(words(bye)).find() && reason(bye, Reason.CONNECTION_LOST) != Reason.BUSY;
  }

  /** What the server asks for, within reason; null when it names no time. */
  private static @Nullable Duration wait(String words) {
    Matcher named = WAIT.matcher(words);
    if (!named.find()) {
      return null;
    }
    long number = Long.parseLong(named.group(1));
    Duration asked =
        named.group(2).equals("seconds") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
  }

  private static String words(Response response) {
    String rest = response.getRest();
    return rest == null ? "" : rest.toLowerCase(Locale.ROOT);
  }

  private static Reason decide(String rest, boolean bad, Reason otherwise) {
    Matcher code = CODE.matcher(rest.toUpperCase(Locale.ROOT));
    Reason said = code.find() ? ofCode(code.group(1)) : null;
    if (said != null) {
      return said;
    }
    if (LATER.matcher(rest.toLowerCase(Locale.ROOT)).find()) {
      return Reason.BUSY;
    }
    return bad ? Reason.PROTOCOL : otherwise;
  }

  private static @Nullable Reason ofCode(String code) {
    return switch (code) {
      case "UNAVAILABLE", "THROTTLED", "LIMIT", "INUSE", "SERVERBUG", "OVERQUOTA" -> Reason.BUSY;
      case "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED" -> Reason.WRONG_CREDENTIAL;
      case "PRIVACYREQUIRED" -> Reason.NO_TLS;
      case "NONEXISTENT" -> Reason.NO_FOLDER;
      default -> null;
    };
  }
}
