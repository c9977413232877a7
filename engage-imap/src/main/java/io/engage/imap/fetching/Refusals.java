package io.engage.imap.fetching;

import io.engage.spi.MailAccessFailure.Reason;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/** What a server means by NO, BAD or BYE, from its response code (RFC 5530) or its words. */
final class Refusals {
  private static final Pattern CODE = Pattern.compile("^\\s*\\[([A-Z0-9-]{1,40})");
  private static final Pattern LATER =
      Pattern.compile("too many|try again|temporar|throttl|come back later|overload");

  private Refusals() {}

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
