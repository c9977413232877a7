package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount.SentCopies;
import io.engage.model.mailbox.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The servers of a well-known mail provider, so that nobody has to look them up.
 *
 * @param id stays the same; a form may send it
 * @param name as people know it
 * @param domains whose addresses are there for certain; a company's own domain may be there too
 * @param login what the provider lets programs log in with
 * @param hint what the owner of the account has to do first, a sentence
 * @param limits how much it takes from one account; the highest where accounts differ
 */
public record MailPreset(
    String id,
    String name,
    Set<String> domains,
    ServerEndpoint imap,
    ServerEndpoint smtp,
    SentCopies sentCopies,
    Login login,
    String hint,
    SendingLimits limits) {

  /** What a provider lets programs log in with. */
  public enum Login {
    /** The password of the account. */
    PASSWORD,
    /** A password made for this program in the account's settings; or OAuth 2.0 where offered. */
    APP_PASSWORD,
    /** OAuth 2.0 access tokens, and no password of any kind. */
    OAUTH_ONLY
  }

  private static final String APP_PASSWORD_HINT =
      "Turn on two-step verification and make an app password in the security settings of the"
          + " account.";

  /**
   * Limits: Google Workspace Admin Help, "Gmail sending limits"; gmail.com itself takes 500 a day.
   */
  public static final MailPreset GMAIL =
      new MailPreset(
          "gmail",
          "Gmail and Google Workspace",
          Set.of("gmail.com", "googlemail.com"),
          ServerEndpoint.tls("imap.gmail.com", 993),
          ServerEndpoint.startTls("smtp.gmail.com", 587),
          SentCopies.BY_PROVIDER,
          Login.APP_PASSWORD,
          APP_PASSWORD_HINT + " Google Workspace may ask for OAuth 2.0 instead.",
          SendingLimits.daily(2_000));

  /**
   * Limits: Microsoft Learn, "Exchange Online limits" (sending limits); connections: Exchange Team
   * Blog, "Changes coming to the SMTP authenticated submission client protocol".
   */
  public static final MailPreset MICROSOFT_365 =
      new MailPreset(
          "microsoft-365",
          "Microsoft 365",
          Set.of(),
          ServerEndpoint.tls("outlook.office365.com", 993),
          ServerEndpoint.startTls("smtp.office365.com", 587),
          SentCopies.BY_PROVIDER,
          Login.OAUTH_ONLY,
          "Give consent by OAuth 2.0; the administrator has to allow SMTP AUTH for the mailbox.",
          new SendingLimits(30, 10_000, 3));

  public static final MailPreset OUTLOOK =
      new MailPreset(
          "outlook",
          "Outlook.com and Hotmail",
          Set.of("outlook.com", "hotmail.com", "live.com", "msn.com"),
          ServerEndpoint.tls("outlook.office365.com", 993),
          ServerEndpoint.startTls("smtp-mail.outlook.com", 587),
          SentCopies.BY_PROVIDER,
          Login.OAUTH_ONLY,
          "Turn on IMAP in the mail settings and give consent by OAuth 2.0.",
          SendingLimits.NONE);

  /** Limits: Yahoo Help SLN17518, "SMTP sending limits". */
  public static final MailPreset YAHOO =
      new MailPreset(
          "yahoo",
          "Yahoo Mail",
          Set.of("yahoo.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de"),
          ServerEndpoint.tls("imap.mail.yahoo.com", 993),
          ServerEndpoint.tls("smtp.mail.yahoo.com", 465),
          SentCopies.APPENDED,
          Login.APP_PASSWORD,
          APP_PASSWORD_HINT,
          SendingLimits.daily(500));

  public static final MailPreset AOL =
      new MailPreset(
          "aol",
          "AOL Mail",
          Set.of("aol.com", "aim.com"),
          ServerEndpoint.tls("imap.aol.com", 993),
          ServerEndpoint.tls("smtp.aol.com", 465),
          SentCopies.APPENDED,
          Login.APP_PASSWORD,
          APP_PASSWORD_HINT,
          SendingLimits.NONE);

  public static final MailPreset GODADDY =
      new MailPreset(
          "godaddy",
          "GoDaddy Workspace Email",
          Set.of(),
          ServerEndpoint.tls("imap.secureserver.net", 993),
          ServerEndpoint.tls("smtpout.secureserver.net", 465),
          SentCopies.APPENDED,
          Login.PASSWORD,
          "Mailboxes that GoDaddy sells as Microsoft 365 use the servers of Microsoft 365.",
          SendingLimits.NONE);

  /** Limits: Apple Support 102198, "Mailbox size and message sending limits in iCloud". */
  public static final MailPreset ICLOUD =
      new MailPreset(
          "icloud",
          "iCloud Mail",
          Set.of("icloud.com", "me.com", "mac.com"),
          ServerEndpoint.tls("imap.mail.me.com", 993),
          ServerEndpoint.startTls("smtp.mail.me.com", 587),
          SentCopies.APPENDED,
          Login.APP_PASSWORD,
          "Make an app-specific password for the Apple account.",
          SendingLimits.daily(1_000));

  public static final MailPreset GMX =
      new MailPreset(
          "gmx",
          "GMX",
          Set.of("gmx.de", "gmx.net", "gmx.at", "gmx.ch"),
          ServerEndpoint.tls("imap.gmx.net", 993),
          ServerEndpoint.startTls("mail.gmx.net", 587),
          SentCopies.APPENDED,
          Login.PASSWORD,
          "Allow access by IMAP in the mail settings; with two-step verification, make an app"
              + " password.",
          SendingLimits.NONE);

  public static final MailPreset GMX_COM =
      new MailPreset(
          "gmx-com",
          "GMX international",
          Set.of("gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr"),
          ServerEndpoint.tls("imap.gmx.com", 993),
          ServerEndpoint.startTls("mail.gmx.com", 587),
          SentCopies.APPENDED,
          Login.PASSWORD,
          GMX.hint(),
          SendingLimits.NONE);

  public static final MailPreset WEB_DE =
      new MailPreset(
          "web-de",
          "WEB.DE",
          Set.of("web.de"),
          ServerEndpoint.tls("imap.web.de", 993),
          ServerEndpoint.startTls("smtp.web.de", 587),
          SentCopies.APPENDED,
          Login.PASSWORD,
          GMX.hint(),
          SendingLimits.NONE);

  public static final MailPreset FASTMAIL =
      new MailPreset(
          "fastmail",
          "Fastmail",
          Set.of("fastmail.com", "fastmail.fm"),
          ServerEndpoint.tls("imap.fastmail.com", 993),
          ServerEndpoint.tls("smtp.fastmail.com", 465),
          SentCopies.APPENDED,
          Login.APP_PASSWORD,
          "Make an app password in the settings, under privacy and security.",
          SendingLimits.NONE);

  private static final List<MailPreset> ALL =
      List.of(
          GMAIL,
          MICROSOFT_365,
          OUTLOOK,
          YAHOO,
          GODADDY,
          ICLOUD,
          AOL,
          GMX,
          GMX_COM,
          WEB_DE,
          FASTMAIL);

  public MailPreset {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    domains = Set.copyOf(domains);
    requireNonNull(imap, "imap");
    requireNonNull(smtp, "smtp");
    requireNonNull(sentCopies, "sentCopies");
    requireNonNull(login, "login");
    requireNonNull(hint, "hint");
    requireNonNull(limits, "limits");
  }

  /** All of them, the most common ones first. */
  public static List<MailPreset> all() {
    return ALL;
  }

  /** The provider of an address, as far as its domain tells. */
  public static Optional<MailPreset> forAddress(EmailAddress address) {
    return ALL.stream().filter(each -> each.domains.contains(address.domain())).findFirst();
  }

  /** The provider whose server sends the mail of an account. */
  public static Optional<MailPreset> sendingFor(MailAccount account) {
    ServerEndpoint server = account.smtp();
    return ALL.stream()
        .filter(each -> server != null && each.smtp.host().equalsIgnoreCase(server.host()))
        .findFirst();
  }

  /** An account there that imports INBOX. */
  public MailAccount account(AccountId account, String user) {
    return new MailAccount(account, user, imap, smtp, List.of("INBOX"), sentCopies);
  }
}
