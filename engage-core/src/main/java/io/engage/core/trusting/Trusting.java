package io.engage.core.trusting;

import io.engage.model.address.EmailAddress;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.TrustLevel;
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
  private static final Pattern RESULT =
      Pattern.compile("^\\s*([a-z0-9-]+)(?:\\s*/\\s*[0-9]+)?\\s*=\\s*(\\S*)");
  private static final Pattern FROM_DOMAIN = property("from");
  private static final Pattern SIGNING_DOMAIN = property("d");
  private static final Pattern SIGNING_IDENTITY = property("i");

  /**
   * Stands for servers that leave their name out, as Exchange Online does: nothing but its place
   * then tells whose a field is, so only the topmost of all counts.
   */
  public static final String NAMELESS = "";

  private final Set<String> ownServers;

  /**
   * @param ownServers the names (authserv-id) under which our mail servers write their results,
   *     {@link #NAMELESS} where they write none; none means that nothing is ever verified
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
    if (Lookalikes.decide(sender)) {
      return new Trust(
          TrustLevel.SUSPICIOUS, "its sender's address mixes scripts, as one made to mislead does");
    }
    Trust byServer =
        ownResults(mail)
            .map(field -> byField(field, sender.domain()))
            .orElseGet(() -> new Trust(TrustLevel.CLAIMED, "our mail server says nothing of it"));
    return byServer.level() == TrustLevel.CLAIMED && hasToken
        ? new Trust(TrustLevel.TOKEN, "it answers a mail that only its recipients had")
        : byServer;
  }

  private Optional<ResultsField> ownResults(ParsedMail mail) {
    List<String> fields =
        ownServers.isEmpty() ? List.of() : mail.allFields("Authentication-Results");
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Optional<ResultsField> nameless =
        fields.stream()
            .limit(ownServers.contains(NAMELESS) ? 1 : 0)
            .map(Trusting::field)
            .filter(ResultsField::isNameless)
            .findFirst();
    return nameless.or(
        () ->
            fields.stream()
                .map(Trusting::field)
                .filter(field -> ownServers.contains(field.serverName()))
                .findFirst());
  }

  private static ResultsField field(String text) {
    return new ResultsField(text.toLowerCase(Locale.ROOT));
  }

  /** A failure is believed before anything else, wherever it stands. */
  private static Trust byField(ResultsField field, String domain) {
    if (field.saysFailure()) {
      return new Trust(TrustLevel.SUSPICIOUS, "our mail server says dmarc=fail");
    }
    return field.isSound()
        ? byResults(field.results(), domain)
        : new Trust(TrustLevel.CLAIMED, "what our mail server says of it can be read in two ways");
  }

  /** A server evaluates DMARC once; a second result came from somewhere else. */
  private static Trust byResults(List<String> results, String domain) {
    List<String> dmarc = results.stream().filter(each -> method(each).equals("dmarc")).toList();
    if (dmarc.size() > 1) {
      return new Trust(TrustLevel.CLAIMED, "our mail server gives more than one result for dmarc");
    }
    if (dmarc.stream()
        .anyMatch(each -> passes(each, "dmarc") && isAligned(FROM_DOMAIN, each, domain))) {
      return new Trust(TrustLevel.VERIFIED, "our mail server says dmarc=pass");
    }
    return results.stream().anyMatch(each -> passes(each, "dkim") && isSignedBy(domain, each))
        ? new Trust(TrustLevel.VERIFIED, "our mail server says dkim=pass for the sender's domain")
        : new Trust(TrustLevel.CLAIMED, "our mail server did not verify its domain");
  }

  private static boolean passes(String result, String method) {
    Matcher matcher = RESULT.matcher(result);
    return matcher.find() && matcher.group(1).equals(method) && matcher.group(2).equals("pass");
  }

  private static String method(String result) {
    Matcher matcher = RESULT.matcher(result);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Some servers name the domain that signed, others only the identity (RFC 6376). */
  private static boolean isSignedBy(String domain, String result) {
    return SIGNING_DOMAIN.matcher(result).find()
        ? isAligned(SIGNING_DOMAIN, result, domain)
        : isAligned(SIGNING_IDENTITY, result, domain);
  }

  /** What is named twice names nothing. */
  private static boolean isAligned(Pattern property, String result, String domain) {
    List<String> values = property.matcher(result).results().map(each -> each.group(1)).toList();
    if (values.size() != 1) {
      return false;
    }
    String named = values.get(0).substring(values.get(0).lastIndexOf('@') + 1);
    return named.equals(domain) || (named.indexOf('.') > 0 && domain.endsWith("." + named));
  }

  private static Pattern property(String name) {
    return Pattern.compile("(?<!\\S)header\\s*\\.\\s*" + name + "\\s*=\\s*(\\S+)");
  }
}
