package io.engage.cli;

import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.MailPreset;
import io.engage.model.inbox.SendingLimits;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is missing of that which large receivers want of whoever sends in bulk: Gmail's
 * "Email sender guidelines", Yahoo's "Sender best practices", and Outlook.com's requirements for
 * high volume senders (550 5.7.515). That few complain is looked after by the dialer.
 */
final class BulkRules {
  private final TextRecords dns;

  /** One thing that is asked for in the DNS. */
  @FunctionalInterface
  private interface Look {
    Verdict at(TextRecords dns) throws IOException;
  }

  /**
   * Who sends.
   *
   * @param domain in which their addresses are
   * @param selector under which their key for DKIM is, as far as they know it
   * @param account that sends, if it is to be looked at
   * @param links where their pages to unsubscribe are, as far as they know it
   */
  record Sender(
      String domain,
      @Nullable String selector,
      @Nullable MailAccount account,
      @Nullable URI links) {}

  private BulkRules(TextRecords dns) {
    this.dns = dns;
  }

  static List<Verdict> decide(Sender sender, TextRecords dns) {
    BulkRules rules = new BulkRules(dns);
    return Stream.of(
            Optional.of(rules.look("spf", from -> SpfRules.decide(sender.domain(), from))),
            Optional.of(rules.dkim(sender)),
            Optional.of(rules.look("dmarc", from -> DmarcRules.decide(sender.domain(), from))),
            Optional.of(tls(sender.account())),
            Optional.of(oneClick(sender.links())),
            limits(sender.account()))
        .flatMap(Optional::stream)
        .toList();
  }

  private Verdict look(String what, Look look) {
    try {
      return look.at(dns);
    } catch (IOException unanswered) {
      return Verdict.red(
          what, unanswered.getMessage() + ". Check that this machine can look up names.");
    }
  }

  private Verdict dkim(Sender sender) {
    String selector = sender.selector();
    return selector == null
        ? Verdict.red(
            "dkim",
            "Name the key with --selector: it is the s= in the DKIM-Signature of a mail that you"
                + " sent.")
        : look("dkim", from -> DkimRules.decide(sender.domain(), selector, from));
  }

  private static Verdict tls(@Nullable MailAccount account) {
    ServerEndpoint server = account == null ? null : account.smtp();
    if (server == null) {
      return Verdict.red("tls", "Name the server that sends with --smtp.");
    }
    return server.tls() == TlsMode.TLS || server.tls() == TlsMode.STARTTLS_REQUIRED
        ? Verdict.green("tls", "mail goes to '%s' by TLS only".formatted(server.host()))
        : Verdict.red("tls", "Mail goes to '%s' in clear text.".formatted(server.host()));
  }

  /** RFC 8058 wants https; without a public address mails have no link at all. */
  private static Verdict oneClick(@Nullable URI links) {
    if (links == null) {
      return Verdict.red(
          "one-click",
          "Name with --links where your pages are mounted, which is the publicUrl of Engage;"
              + " without it nobody can unsubscribe.");
    }
    return "https".equalsIgnoreCase(links.getScheme()) && links.getHost() != null
        ? Verdict.green("one-click", "mails name a link below '%s'".formatted(links))
        : Verdict.red(
            "one-click",
            "'%s' does not begin with https://, so no mail program shows a button to unsubscribe."
                .formatted(links));
  }

  private static Optional<Verdict> limits(@Nullable MailAccount account) {
    return Optional.ofNullable(account)
        .flatMap(MailPreset::sendingFor)
        .filter(each -> !each.limits().equals(SendingLimits.NONE))
        .map(each -> Verdict.green("limits", words(each.name(), each.limits())));
  }

  private static String words(String provider, SendingLimits limits) {
    List<String> each =
        Stream.of(
                words(limits.perMinute(), "%,d mails a minute, which the dialer keeps to"),
                words(limits.perDay(), "%,d recipients a day"),
                words(limits.connections(), "%,d connections at once"))
            .flatMap(Optional::stream)
            .toList();
    return provider + " takes from an account at most " + String.join("; ", each);
  }

  private static Optional<String> words(int limit, String words) {
    return limit == SendingLimits.UNSTATED
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, words, limit));
  }
}
