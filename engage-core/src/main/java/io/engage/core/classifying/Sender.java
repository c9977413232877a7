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
record Sender(String local, String name, boolean nullReversePath, String reversePathLocal) {
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
          "mail system",
          "mail delivery",
          "mail router",
          "system administrator",
          "systemadministrator",
          "microsoft outlook",
          "administrador del sistema",
          "administrateur système",
          "amministratore di sistema",
          "administrador do sistema",
          "systeembeheerder",
          "systemadministratör");

  private static final List<String> SYSTEM_WORDS =
      List.of(
          "mailer",
          "daemon",
          "postmaster",
          "mail_service",
          "mailservice",
          "mail service",
          "mail delivery",
          "maildelivery",
          "mail system",
          "mailsystem",
          "system administrator",
          "system_administrator",
          "systemadministrator",
          "smtp",
          "gateway",
          "antivirus",
          "mailserver",
          "mail server",
          "mta-",
          "bounce",
          "undeliver",
          "nondelivery",
          "non-delivery",
          "failure notice",
          "delivery-status",
          "mail-admin",
          "mailadmin",
          "mail router");

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
            .findFirst()
            .orElse(""),
        reversePath.filter(Sender::isEmptyPath).isPresent(),
        reversePath.map(Sender::localOf).orElse(""));
  }

  /**
   * Whether the name is one that servers give themselves, such as {@code SMTP_Gateway} or "System
   * Administrator"; people have such names too, so a report has to prove itself.
   */
  boolean soundsLikeMailSystem() {
    return soundsLikeSystem(local) || soundsLikeSystem(name);
  }

  private static boolean soundsLikeSystem(String name) {
    return Words.containAny(name, SYSTEM_WORDS);
  }

  /** A mail server that reports, by the address or name it uses or by the empty reverse-path. */
  boolean isMailSystem() {
    return nullReversePath || SYSTEM_NAMES.contains(name) || isMailSystemAddress();
  }

  boolean isMailSystemAddress() {
    return isMailSystem(local) || MAILER_DAEMON.matcher(reversePathLocal).matches();
  }

  /** A role that people have as well as programs (RFC 2142). */
  boolean isPostmaster() {
    return local.equals("postmaster") || local.equals("mailadmin");
  }

  /** A postmaster who sends from another address than that of a program writes himself. */
  boolean isPostmasterInPerson() {
    return isPostmaster() && !reversePathLocal.isEmpty() && !isProgram(reversePathLocal);
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

  static boolean asksForNoReply(EmailAddress address) {
    return asksForNoReply(address.localPart().toLowerCase(Locale.ROOT));
  }

  private static boolean asksForNoReply(String local) {
    return Words.containAny(letters(local), NO_REPLY);
  }

  private static String letters(String local) {
    StringBuilder letters = new StringBuilder(local.length());
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c >= 'a' && c <= 'z') {
        letters.append(c);
      }
    }
    return letters.toString();
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
