package io.engage.imap.sending;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.engage.imap.connecting.Failures;
import io.engage.imap.connecting.Mechanisms;
import io.engage.imap.connecting.Wire;
import io.engage.imap.sending.EnvelopeCheck.Offers;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP connection that Angus opens, secures and authenticates; the commands of a mail are
 * spoken here, one step each, because what a broken connection means depends on the step.
 */
final class SmtpConnection extends SMTPTransport {
  private static final long REPLY_ALLOWANCE = 256L << 10;
  private static final int CHUNK = 32 << 10;
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
  private static final Duration PARTING = Duration.ofMillis(500);

  private final ServerEndpoint endpoint;
  private final Wire wire;
  private final Failures failures;
  private final Mechanisms.Attempt attempt;
  private @Nullable SmtpReply first;
  private @Nullable SMTPOutputStream body;
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
    return new Offers(largestMail(), supportsExtension("8BITMIME"), supportsExtension("SMTPUTF8"));
  }

  boolean pipelines() {
    return supportsExtension("PIPELINING");
  }

  boolean takesSize() {
    return supportsExtension("SIZE");
  }

  private long largestMail() {
    String size = getExtensionParameter("SIZE");
    return size != null && size.strip().matches("\\d{1,18}") ? Long.parseLong(size.strip()) : 0;
  }

  /** Sends a command; {@link #reply} reads the answer. */
  synchronized void command(String command) throws MessagingException {
    wire.expectAnswer();
    try {
      sendCommand(command);
    } finally {
      wire.disarm();
    }
  }

  /** A command with an address that is not ASCII (RFC 6531), and its answer. */
  synchronized SmtpReply utf8Command(String command) throws MessagingException {
    first = null;
    wire.allow(REPLY_ALLOWANCE);
    wire.expectAnswer();
    try {
      simpleCommand(command.getBytes(UTF_8));
      return understood();
    } finally {
      wire.disarm();
    }
  }

  /**
   * Reads one answer.
   *
   * @throws MessagingException when there is none, or none that is one
   */
  synchronized SmtpReply reply() throws MessagingException {
    wire.expectAnswer();
    return replyUnderDeadline();
  }

  private SmtpReply replyUnderDeadline() throws MessagingException {
    first = null;
    wire.allow(REPLY_ALLOWANCE);
    try {
      readServerResponse();
      return understood();
    } finally {
      wire.disarm();
    }
  }

  private SmtpReply understood() throws MessagingException {
    if (first == null) {
      throw new MessagingException("No reply", new EOFException("The server closed"));
    }
    return first;
  }

  /** Angus resets by itself after some refusals, which must not hide what was refused. */
  @Override
  protected int readServerResponse() throws MessagingException {
    int code = super.readServerResponse();
    first = first == null ? Replies.parse(code, getLastServerResponse()) : first;
    return code;
  }

  /** Asks to send the bytes; null when it may, else the refusal, after which it was reset. */
  synchronized @Nullable SmtpReply startBody() throws MessagingException {
    first = null;
    wire.allow(REPLY_ALLOWANCE);
    wire.expectAnswer();
    try {
      body = (SMTPOutputStream) data();
      return null;
    } catch (MessagingException refusedOrBroken) {
      if (first == null || first.code() < 400) {
        throw refusedOrBroken;
      }
      return first;
    } finally {
      wire.disarm();
    }
  }

  /** Writes the bytes, with dots stuffed and bare CR and LF made line ends. */
  synchronized void writeBody(InputStream content) throws IOException {
    byte[] chunk = new byte[CHUNK];
    SMTPOutputStream to = requireNonNull(body, "body");
    try {
      for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
        wire.expectAnswer();
        to.write(chunk, 0, count);
        wire.disarm();
      }
      wire.expectAnswer();
      to.ensureAtBOL();
    } finally {
      wire.disarm();
    }
  }

  /** Sends the end of the mail. From here on nobody but the server knows what becomes of it. */
  synchronized SmtpReply endBody(Duration patience) throws MessagingException, IOException {
    wire.silence(patience);
    command(".");
    wire.deadlineIn(patience);
    SmtpReply reply = replyUnderDeadline();
    wire.ordinarySilence();
    return reply;
  }

  /** What the server may have said before it stopped to listen; null when nothing. */
  @Nullable SmtpReply parting() {
    try {
      wire.silence(PARTING);
      SmtpReply reply = reply();
      return reply.code() >= 400 ? reply : null;
    } catch (MessagingException | IOException | RuntimeException nothing) {
      return null;
    }
  }

  /** Says goodbye without waiting for an answer. */
  void leave() {
    try {
      command("QUIT");
    } catch (MessagingException | RuntimeException gone) {
      // It is closed in any case.
    } finally {
      wire.cut();
    }
  }

  void cut() {
    wire.cut();
  }

  String describe(Exception thrown) {
    return requireNonNull(failures.of(thrown).getMessage());
  }
}
