package io.engage.core.trusting;

import io.engage.model.address.EmailAddress;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.TrustLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides how sure a sender is, by what our own mail server wrote into Authentication-Results (RFC
 * 8601). Only its own topmost field counts: everybody may write such a field, but only our server
 * stands at the top with its own name.
 */
public final class Trusting {
  private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
  private static final Pattern RESULT = Pattern.compile("^\\s*([a-z0-9-]+)\\s*=\\s*([a-z]+)");
  private static final Pattern FROM_DOMAIN =
      Pattern.compile("header\\.from\\s*=\\s*\"?([^\\s\";]+)");
  private static final Pattern SIGNING_DOMAIN =
      Pattern.compile("header\\.(?:d|i)\\s*=\\s*\"?@?([^\\s\";]+)");
  private static final int LONGEST = 16_384;

  private final Set<String> ownServers;

  /**
   * @param ownServers the names (authserv-id) under which our mail servers write their results;
   *     none means that nothing is ever verified
   */
  public Trusting(Set<String> ownServers) {
    this.ownServers =
        ownServers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** A level, and why. */
  public record Trust(TrustLevel level, String evidence) {}

  /**
   * @param hasToken whether it carries a valid token of its conversation
   */
  public Trust decide(ParsedMail mail, boolean hasToken) {
    if (mail.headers().from().size() != 1 || mail.allFields("From").size() != 1) {
      return new Trust(TrustLevel.SUSPICIOUS, "it does not name exactly one sender");
    }
    EmailAddress sender = mail.headers().from().get(0).address();
    Trust byServer =
        ownResults(mail)
            .map(results -> byResults(results, sender.domain()))
            .orElseGet(() -> new Trust(TrustLevel.CLAIMED, "our mail server says nothing of it"));
    return byServer.level() == TrustLevel.CLAIMED && hasToken
        ? new Trust(TrustLevel.TOKEN, "it answers a mail that only its recipients had")
        : byServer;
  }

  private Optional<List<String>> ownResults(ParsedMail mail) {
    return mail.allFields("Authentication-Results").stream()
        .map(field -> field.length() > LONGEST ? field.substring(0, LONGEST) : field)
        .map(field -> COMMENT.matcher(field.toLowerCase(Locale.ROOT)).replaceAll(" "))
        .map(field -> Arrays.asList(field.split(";")))
        .filter(parts -> ownServers.contains(serverName(parts)))
        .findFirst();
  }

  /** The name may be followed by a version. */
  private static String serverName(List<String> parts) {
    return parts.get(0).strip().split("\\s+")[0];
  }

  private static Trust byResults(List<String> results, String domain) {
    for (String result : results) {
      if (is(result, "dmarc", "fail")) {
        return new Trust(TrustLevel.SUSPICIOUS, "our mail server says dmarc=fail");
      }
      if (is(result, "dmarc", "pass") && isAligned(FROM_DOMAIN, result, domain)) {
        return new Trust(TrustLevel.VERIFIED, "our mail server says dmarc=pass");
      }
    }
    return results.stream()
            .anyMatch(each -> is(each, "dkim", "pass") && isAligned(SIGNING_DOMAIN, each, domain))
        ? new Trust(TrustLevel.VERIFIED, "our mail server says dkim=pass for the sender's domain")
        : new Trust(TrustLevel.CLAIMED, "our mail server did not verify its domain");
  }

  private static boolean is(String result, String method, String verdict) {
    Matcher matcher = RESULT.matcher(result);
    return matcher.find() && matcher.group(1).equals(method) && matcher.group(2).equals(verdict);
  }

  private static boolean isAligned(Pattern property, String result, String domain) {
    Matcher matcher = property.matcher(result);
    if (!matcher.find()) {
      return false;
    }
    String named = matcher.group(1).substring(matcher.group(1).lastIndexOf('@') + 1);
    return named.equals(domain) || domain.endsWith("." + named) && named.indexOf('.') > 0;
  }
}
