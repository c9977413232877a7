package io.engage.core.classifying;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.ParsedMail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who sent a mail, as far as that tells a program from a person. */
record Sender(String local, boolean systemName, boolean nullReversePath, String reversePathLocal) {
  private static final Set<String> SYSTEM_NAMES =
      Set.of(
          "mail delivery system",
          "mail delivery subsystem",
          "mail delivery service",
          "mail delivery agent",
          "internet mail delivery",
          "mail administrator",
          "mailer daemon",
          "mailer-daemon",
          "mail system");

  private static final Set<String> MAIL_SYSTEMS =
      Set.of(
          "mailer-daemon",
          "mailerdaemon",
          "mailer_daemon",
          "mail-daemon",
          "maildaemon",
          "mdaemon",
          "postmaster",
          "postmast",
          "mmdf",
          "pmdf",
          "qmailr",
          "mailserver",
          "mailadmin",
          "bounce-notification",
          "microsoftexchange",
          "ndr",
          "mail-administrator",
          "delivery-notification",
          "abuse-daemon",
          "bounce-daemon");

  /** Also with the host's name or a number behind it. */
  private static final Pattern MAILER_DAEMON = Pattern.compile("mailer-daemon(?:[^a-z].*)?");

  private static final Set<String> PROGRAMS =
      Set.of(
          "nobody",
          "root",
          "daemon",
          "cron",
          "uucp",
          "www-data",
          "apache",
          "listserv",
          "majordomo",
          "mailman",
          "bounce",
          "bounces",
          "autoreply",
          "auto-reply",
          "autoresponder",
          "automailer",
          "notification-daemon",
          "mailerlite-daemon",
          "null",
          "devnull");
  private static final List<String> NO_REPLY =
      List.of(
          "noreply",
          "donotreply",
          "dontreply",
          "nepasrepondre",
          "noresponder",
          "norespond",
          "nonrispondere",
          "nichtantworten",
          "keineantwort",
          "naoresponda",
          "naoresponder",
          "nietbeantwoorden",
          "norespuesta",
          "sansreponse",
          "pasdereponse");

  static Sender of(ParsedMail mail, Fields fields) {
    Optional<String> reversePath = fields.find("return-path").map(String::strip);
    return new Sender(
        mail.headers().from().stream()
            .findFirst()
            .map(NamedAddress::address)
            .map(EmailAddress::localPart)
            .map(local -> local.toLowerCase(Locale.ROOT))
            // "MAILER-DAEMON (Mail Delivery System)" is no address, so it was left out.
            .or(() -> fields.find("from").map(Sender::localOf))
            .orElse(""),
        mail.headers().from().stream()
            .map(from -> from.name().strip().toLowerCase(Locale.ROOT))
            .anyMatch(SYSTEM_NAMES::contains),
        reversePath.filter(Sender::isEmptyPath).isPresent(),
        reversePath.map(Sender::localOf).orElse(""));
  }

  /** A mail server that reports, by the address or name it uses or by the empty reverse-path. */
  boolean isMailSystem() {
    return nullReversePath || systemName || isMailSystemAddress();
  }

  boolean isMailSystemAddress() {
    return isMailSystem(local) || MAILER_DAEMON.matcher(reversePathLocal).matches();
  }

  /** A role that people have as well as programs (RFC 2142). */
  boolean isPostmaster() {
    return local.equals("postmaster") || local.equals("mailadmin");
  }

  private static boolean isMailSystem(String local) {
    return MAIL_SYSTEMS.contains(local)
        || MAILER_DAEMON.matcher(local).matches()
        || local.startsWith("microsoftexchange329e71ec");
  }

  /** Whether nobody reads what is sent to {@code local} (RFC 3834 section 2, and habit). */
  static boolean isProgram(String local) {
    return isMailSystem(local)
        || PROGRAMS.contains(local)
        || local.startsWith("owner-")
        || local.startsWith("bounce-")
        || local.startsWith("bounces+")
        || local.endsWith("-request")
        || local.endsWith("-owner")
        || local.endsWith("-bounces")
        || local.endsWith("-relay")
        || asksForNoReply(local);
  }

  private static boolean asksForNoReply(String local) {
    StringBuilder letters = new StringBuilder(local.length());
    local.chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> letters.append((char) c));
    String name = letters.toString();
    return NO_REPLY.stream().anyMatch(name::contains);
  }

  private static boolean isEmptyPath(String path) {
    return path.startsWith("<")
        && path.endsWith(">")
        && path.substring(1, path.length() - 1).isBlank();
  }

  private static String localOf(String field) {
    String value = field.substring(field.lastIndexOf('<') + 1).strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < value.length() && "@ >(\t".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    return value.substring(0, end);
  }
}
