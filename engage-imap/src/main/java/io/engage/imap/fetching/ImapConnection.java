package io.engage.imap.fetching;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.engage.imap.connecting.Failures;
import io.engage.imap.connecting.Mechanisms;
import io.engage.imap.connecting.Wire;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ParsingException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;

/**
 * One IMAP connection: Angus connects, secures, logs in and parses; commands are sent and answers
 * taken here as they come, so that several commands may be under way and no answer is collected.
 */
final class ImapConnection extends IMAPProtocol {
  /** What may come before something useful does. */
  private static final long ALLOWANCE = 32L << 20;

  private static final String LOGIN_COMMAND = "LOGIN";
  private static final String AUTH_PLAIN = "AUTH=PLAIN";
  private static final String AUTH_LOGIN = "AUTH=LOGIN";

  private final Wire wire;
  private final Failures failures;
  private final Map<String, Response> early = new HashMap<>();
  private @Nullable Selected selected;
  private boolean capabilitiesKnown = true;
  private boolean introduced;
  private boolean refusesCondstore;
  private long garbled;
  private TokenStep tokenStep = TokenStep.NONE;

  /** How far a login by XOAUTH2 has got. */
  private enum TokenStep {
    NONE,
    TO_SEND,
    SENT,
    ENDED
  }

  private boolean lost;
  private boolean silent;
  private boolean dismissed;

  /** Looks at an answer as it comes. */
  @FunctionalInterface
  interface Taker {
    /** Whether it is what was waited for; answers that are not do not prolong the deadline. */
    boolean take(IMAPResponse response) throws IOException, ProtocolException;
  }

  ImapConnection(ServerEndpoint endpoint, Properties properties, Wire wire, Failures failures)
      throws IOException, ProtocolException {
    super(
        "imap",
        endpoint.host(),
        endpoint.port(),
        properties,
        endpoint.tls() == TlsMode.TLS,
        new MailLogger("org.eclipse.angus.mail.imap", "DEBUG IMAP", false, System.err));
    this.wire = wire;
    this.failures = failures;
  }

  /** STARTTLS, or nothing goes on: a server or somebody in between must not talk us out of it. */
  void secure() throws IOException, ProtocolException {
    if (isAuthenticated() || !hasCapability("STARTTLS")) {
      throw failures.of(Reason.NO_TLS);
    }
    startTLS();
    capability();
  }

  void logIn(String user, Credential credential, Mechanisms.Attempt attempt)
      throws IOException, ProtocolException {
    if (isAuthenticated()) {
      return;
    }
    Map<String, String> before = getCapabilities();
    try {
      if (credential instanceof Credential.AccessToken token) {
        logInWithToken(user, token.secret().reveal());
      } else if (credential instanceof Credential.Password password) {
        logInWithPassword(user, password.secret().reveal(), attempt);
      }
    } catch (CommandFailedException | BadCommandException refused) {
      MailAccessFailure failure =
          refusedLogin(refused.getResponse(), credential instanceof Credential.AccessToken);
      if (refused instanceof BadCommandException && failure.reason() == Reason.PROTOCOL) {
        attempt.notUnderstood();
      }
      throw failure;
    }
    capabilitiesKnown = getCapabilities() != before;
  }

  private void logInWithToken(String user, String token) throws ProtocolException {
    if (!hasCapability("AUTH=XOAUTH2")) {
      throw failures.of(
          Reason.WRONG_CREDENTIAL, "It takes no access tokens (XOAUTH2); use a password.");
    }
    tokenStep = hasCapability("SASL-IR") ? TokenStep.SENT : TokenStep.TO_SEND;
    try {
      authoauth2(user, token);
    } finally {
      tokenStep = TokenStep.NONE;
    }
  }

  private MailAccessFailure refusedLogin(@Nullable Response response, boolean token) {
    Reason reason = Refusals.ofLogin(response);
    String said = response == null ? "" : String.valueOf(response.getRest());
    return reason == Reason.WRONG_CREDENTIAL
        ? failures.refusedLogin(token, said)
        : Refusals.failure(failures, response, reason);
  }

  private void logInWithPassword(String user, String password, Mechanisms.Attempt attempt)
      throws ProtocolException {
    switch (attempt.choose(offered(user + password)).orElse("")) {
      case LOGIN_COMMAND -> login(user, password);
      case AUTH_PLAIN -> authplain(null, user, password);
      case AUTH_LOGIN -> authlogin(user, password);
      default ->
          throw failures.of(
              Reason.WRONG_CREDENTIAL,
              "It takes no passwords on this connection; use a token or TLS.");
    }
  }

  private List<String> offered(String words) throws ProtocolException {
    List<String> offered = new ArrayList<>();
    if (US_ASCII.newEncoder().canEncode(words) && !hasCapability("LOGINDISABLED")) {
      offered.add(LOGIN_COMMAND);
    }
    for (String mechanism : List.of(AUTH_PLAIN, AUTH_LOGIN)) {
      if (hasCapability(mechanism)) {
        offered.add(mechanism);
      }
    }
    return offered;
  }

  /** Opens a folder anew: what is said of it then is as fresh as the server can be. */
  Selected open(String folder, boolean writable) throws IOException, ProtocolException {
    List<String> before = introduceOurselves();
    boolean asked = countsChanges();
    Selected opening = new Selected(folder, writable);
    Response done = open(opening, before);
    if (asked && done.isBAD()) {
      refusesCondstore = true;
    }
    boolean askAnew = !asked && opening.highestModSeq() == 0;
    if (asked != countsChanges() && (done.isBAD() || askAnew)) {
      opening = new Selected(folder, writable);
      done = open(opening, List.of());
    }
    if (!done.isOK()) {
      throw Refusals.failure(failures, done, Reason.NO_FOLDER);
    }
    if (opening.uidValidity() == 0) {
      throw failures.of(
          Reason.PROTOCOL, "It gives its folders no UIDVALIDITY, so mails cannot be told apart.");
    }
    opening.opened(countsChanges());
    selected = opening;
    return opening;
  }

  /** Some servers count changes only in folders that are opened so (RFC 7162 section 3.1.8). */
  private Response open(Selected opening, List<String> before)
      throws IOException, ProtocolException {
    Argument name = folder(opening.folder);
    if (countsChanges()) {
      Argument condstore = new Argument();
      condstore.writeAtom("CONDSTORE");
      name.writeArgument(condstore);
    }
    selected = null;
    String tag = send(opening.writable ? "SELECT" : "EXAMINE", name);
    Taker taker =
        response -> {
          takeCapabilities(response);
          opening.note(response);
          return false;
        };
    for (String earlier : before) {
      await(earlier, taker);
    }
    return await(tag, taker);
  }

  /** Whether it counts changes of flags, as far as its capabilities are known. */
  private boolean countsChanges() throws ProtocolException {
    return !refusesCondstore && (hasCapability("CONDSTORE") || hasCapability("QRESYNC"));
  }

  /** Sent along with the first command, so that it costs no round trip (RFC 2971). */
  private List<String> introduceOurselves() throws IOException, ProtocolException {
    List<String> tags = new ArrayList<>();
    if (!introduced && !capabilitiesKnown) {
      tags.add(send("CAPABILITY", null));
    }
    if (!introduced && hasCapability("ID")) {
      tags.add(send("ID (\"name\" \"Engage\")", null));
    }
    introduced = true;
    return tags;
  }

  private void takeCapabilities(IMAPResponse response) {
    if (response.keyEquals("CAPABILITY")) {
      handleCapabilityResponse(new Response[] {response});
    }
  }

  /** The folder has to be opened anew before it is watched. */
  void forgetSelected() {
    selected = null;
  }

  @Nullable Selected selected() {
    return selected;
  }

  /** Writes a command and returns its tag; {@link #await} reads up to its end. */
  String send(String command, @Nullable Argument arguments) throws IOException, ProtocolException {
    wire.expectAnswer();
    try {
      return writeCommand(command, arguments);
    } catch (IOException gone) {
      lost = true;
      throw gone;
    } finally {
      wire.disarm();
    }
  }

  /** Reads up to the end of the command with this tag. Commands before it have to be done. */
  Response await(String tag, Taker taker) throws IOException, ProtocolException {
    expectAnswer();
    try {
      Response done = early.remove(tag);
      while (done == null) {
        done = endOf(tag, next(taker));
      }
      return done;
    } finally {
      wire.disarm();
    }
  }

  private @Nullable Response endOf(String tag, @Nullable IMAPResponse response) {
    if (response == null || !response.isTagged()) {
      return null;
    }
    if (tag.equals(response.getTag())) {
      return response;
    }
    if (early.size() < 100) {
      early.put(response.getTag(), response);
    }
    return null;
  }

  /** Reads one answer; null when it was for the taker or could not be understood. */
  private @Nullable IMAPResponse next(Taker taker) throws IOException, ProtocolException {
    IMAPResponse response = readAwaited();
    if (response == null || !response.isUnTagged()) {
      return response;
    }
    if (taker.take(response)) {
      expectAnswer();
    }
    return null;
  }

  private @Nullable IMAPResponse readAwaited() throws IOException {
    try {
      return read();
    } catch (IOException | MailAccessFailure gone) {
      lost = true;
      silent = wire.isLate() || gone instanceof SocketTimeoutException;
      throw gone;
    }
  }

  /** Whether it broke because the server said nothing more, or nothing useful. */
  boolean isSilent() {
    return silent;
  }

  /** Whether it broke while an answer was due, without a wish of the server to end it. */
  boolean isCut() {
    return lost && !dismissed;
  }

  private void expectAnswer() {
    wire.allow(ALLOWANCE);
    wire.expectAnswer();
  }

  /** Reads one answer and notes what it says of the open folder; null when it is garbled. */
  @Nullable IMAPResponse read() throws IOException {
    try {
      IMAPResponse response = (IMAPResponse) readResponse();
      if (response.isBYE()) {
        throw goodbye(response);
      }
      if (selected != null) {
        selected.note(response);
      }
      return response;
    } catch (ProtocolException odd) {
      garbled++;
      return null;
    }
  }

  /** How many answers could not be understood so far. */
  long garbled() {
    return garbled;
  }

  private MailAccessFailure goodbye(Response response) {
    wire.cut();
    dismissed = !Refusals.isFault(response);
    return Refusals.failure(failures, response, Reason.CONNECTION_LOST);
  }

  /** An answer that cannot be parsed has been read whole, so that the next one is found. */
  @Override
  public Response readResponse() throws IOException, ProtocolException {
    IMAPResponse response = readRaw();
    if (tokenStep != TokenStep.NONE && response.isContinuation()) {
      return afterChallenge(response);
    }
    if (!response.keyEquals("FETCH")) {
      return response;
    }
    try {
      return new FetchResponse(response, getFetchItems(), this);
    } catch (RuntimeException odd) {
      throw new ParsingException("A FETCH response cannot be understood");
    }
  }

  /**
   * A challenge after the token says in JSON why it was refused. It is answered with an empty line,
   * and then the server says NO; Angus would send the token again.
   */
  private Response afterChallenge(IMAPResponse challenge) throws IOException, ProtocolException {
    switch (tokenStep) {
      case TO_SEND -> {
        tokenStep = TokenStep.SENT;
        return challenge;
      }
      case SENT -> {
        tokenStep = TokenStep.ENDED;
        getOutputStream().write(new byte[] {'\r', '\n'});
        getOutputStream().flush();
        return readResponse();
      }
      default -> throw new ProtocolException("The server goes on asking for a token");
    }
  }

  private IMAPResponse readRaw() throws IOException, ProtocolException {
    try {
      return new IMAPResponse(this);
    } catch (RuntimeException odd) {
      throw new IOException("The server's answer has no end that can be found", odd);
    }
  }

  @Override
  protected ByteArray getResponseBuffer() {
    return new BoundedBuffer();
  }

  /** As RFC 3501 section 5.1.3 writes the names of folders. */
  Argument folder(String name) {
    Argument argument = new Argument();
    writeMailboxName(argument, name);
    return argument;
  }

  /** Says goodbye without waiting for an answer. */
  void leave() {
    try {
      wire.expectAnswer();
      writeCommand("LOGOUT", null);
    } catch (IOException | ProtocolException | RuntimeException gone) {
      // It is closed in any case.
    } finally {
      wire.cut();
    }
  }

  Failures failures() {
    return failures;
  }

  Wire wire() {
    return wire;
  }
}
