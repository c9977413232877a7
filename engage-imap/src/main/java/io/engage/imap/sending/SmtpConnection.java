package io.engage.imap.sending;

import static java.util.Objects.requireNonNull;

import io.engage.imap.connecting.Failures;
import io.engage.imap.connecting.Mechanisms;
import io.engage.imap.connecting.Wire;
import io.engage.imap.sending.EnvelopeCheck.Offers;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One SMTP connection that Angus opens, secures and authenticates; a {@link Dialogue} then speaks
 * over it.
 */
final class SmtpConnection extends SMTPTransport {
  private static final int LOGGED_IN = 235;
  private static final int CHALLENGE = 334;

  /** RFC 4954 section 4.7. */
  private static final int PASSWORD_TRANSITION = 432;

  /** What Angus speaks, the best first. */
  private static final List<String> PASSWORD_MECHANISMS = List.of("PLAIN", "LOGIN", "DIGEST-MD5");

  private static final String TOKEN_MECHANISM = "XOAUTH2";

  /** RFC 5321 section 4.2.2 and RFC 4954 section 6: it does not know the command or mechanism. */
  private static final Set<Integer> NOT_UNDERSTOOD = Set.of(500, 502, 504);

  private static final int STARTTLS_FIRST = 530;
  private static final int ENCRYPTION_REQUIRED = 538;
  private static final Pattern LATER =
      Pattern.compile("temporar|too many|connection lost to authentication|try again later");

  private final ServerEndpoint endpoint;
  private final Wire wire;
  private final Failures failures;
  private final Mechanisms.Attempt attempt;
  private boolean withToken;

  /** Who connects, and under which name of our own. */
  record Caller(String user, Credential credential, String ourName) {}

  private SmtpConnection(
      Session session,
      ServerEndpoint endpoint,
      Wire wire,
      Failures failures,
      Mechanisms.Attempt attempt) {
    super(
        session,
        new URLName("smtp", endpoint.host(), endpoint.port(), null, null, null),
        "smtp",
        endpoint.tls() == TlsMode.TLS);
    this.endpoint = endpoint;
    this.wire = wire;
    this.failures = failures;
    this.attempt = attempt;
  }

  /** Connects, with TLS as the endpoint says, and logs in. */
  static SmtpConnection open(
      ServerEndpoint endpoint, Caller caller, Wire wire, Mechanisms.Attempt attempt) {
    Properties properties = wire.properties("smtp", endpoint);
    boolean token = caller.credential() instanceof Credential.AccessToken;
    properties.put(
        "mail.smtp.auth.mechanisms",
        token ? TOKEN_MECHANISM : String.join(" ", PASSWORD_MECHANISMS));
    properties.put("mail.smtp.quitwait", "false");
    Failures failures = new Failures("SMTP", endpoint, wire);
    SmtpConnection connection =
        new SmtpConnection(Session.getInstance(properties), endpoint, wire, failures, attempt);
    connection.setLocalHost(caller.ourName());
    connection.withToken = token;
    connection.connectAs(caller.user(), secretOf(caller.credential()));
    return connection;
  }

  private static String secretOf(Credential credential) {
    return credential instanceof Credential.AccessToken token
        ? token.secret().reveal()
        : ((Credential.Password) credential).secret().reveal();
  }

  private void connectAs(String user, String secret) {
    boolean open = false;
    try {
      wire.expectAnswer();
      connect(endpoint.host(), endpoint.port(), user, secret);
      open = true;
    } catch (MessagingException thrown) {
      throw notConnected(thrown);
    } finally {
      wire.disarm();
      if (!open) {
        wire.cut();
      }
    }
  }

  /** What was answered last tells refusals from broken connections. */
  private MailAccessFailure notConnected(MessagingException thrown) {
    MailAccessFailure broken = failures.of(thrown);
    if (broken.getCause() != null || wire.isLate()) {
      return broken;
    }
    int code = getLastReturnCode();
    boolean login = thrown instanceof AuthenticationFailedException;
    if (code >= 400 && code < 500 && !(login && code == PASSWORD_TRANSITION)) {
      return failures.of(Reason.BUSY);
    }
    if (code <= 0) {
      return failures.of(Reason.CONNECTION_LOST);
    }
    if (login && NOT_UNDERSTOOD.contains(code)) {
      attempt.notUnderstood();
    }
    if (login) {
      return refusedLogin(code, String.valueOf(getLastServerResponse()));
    }
    boolean noTls = endpoint.tls() == TlsMode.STARTTLS_REQUIRED && code < 300;
    return failures.of(noTls ? Reason.NO_TLS : Reason.PROTOCOL);
  }

  private MailAccessFailure refusedLogin(int code, String said) {
    if (code == ENCRYPTION_REQUIRED || code == STARTTLS_FIRST) {
      return failures.of(Reason.NO_TLS);
    }
    if (code < 400) {
      return failures.of(
          Reason.WRONG_CREDENTIAL,
          withToken
              ? "It takes no access tokens (XOAUTH2); use a password."
              : "It takes no passwords on this connection; use a token or TLS.");
    }
    boolean later = LATER.matcher(said.toLowerCase(Locale.ROOT)).find();
    return later ? failures.of(Reason.BUSY) : failures.refusedLogin(withToken, said);
  }

  /** Angus takes the first that it finds supported, and knows nothing of those that hang. */
  @Override
  protected synchronized boolean supportsAuthentication(String mechanism) {
    List<String> ours = withToken ? List.of(TOKEN_MECHANISM) : PASSWORD_MECHANISMS;
    List<String> offered = ours.stream().filter(super::supportsAuthentication).toList();
    return attempt.choose(offered).filter(mechanism::equalsIgnoreCase).isPresent();
  }

  /** RFC 4954 wants 235 for a login that went well; Postfix' own sink says 250, and means it. */
  @Override
  public synchronized int simpleCommand(String command) throws MessagingException {
    int code = super.simpleCommand(command);
    if (code == CHALLENGE && command.startsWith("AUTH XOAUTH2 ")) {
      // In JSON, why the token was refused; an empty line asks for the refusal itself.
      code = super.simpleCommand("");
    }
    boolean loggedIn = command.startsWith("AUTH ") && code >= 200 && code < 300;
    return loggedIn ? LOGGED_IN : code;
  }

  Offers offers() {
    return new Offers(
        supportsExtension("SIZE"),
        largestMail(),
        supportsExtension("PIPELINING"),
        supportsExtension("8BITMIME"),
        supportsExtension("SMTPUTF8"));
  }

  private long largestMail() {
    String size = getExtensionParameter("SIZE");
    return size != null && size.strip().matches("\\d{1,18}") ? Long.parseLong(size.strip()) : 0;
  }

  /** To go on with; Angus has done its part. */
  Dialogue dialogue() {
    try {
      return new Dialogue(wire);
    } catch (IOException gone) {
      wire.cut();
      throw failures.of(gone);
    }
  }

  void cut() {
    wire.cut();
  }

  String describe(Exception thrown) {
    return requireNonNull(failures.of(thrown).getMessage());
  }
}
