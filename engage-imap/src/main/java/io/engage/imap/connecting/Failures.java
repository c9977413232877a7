package io.engage.imap.connecting;

import io.engage.model.inbox.ServerEndpoint;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import jakarta.mail.MessagingException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words what went wrong with one server. Of what a server wrote only its codes are
 * passed on: some servers repeat a password in their refusal.
 */
public final class Failures {
  private final String what;
  private final String host;
  private final Wire wire;

  public Failures(String protocol, ServerEndpoint endpoint, Wire wire) {
    this.what = "%s server '%s:%d'".formatted(protocol, endpoint.host(), endpoint.port());
    this.host = endpoint.host();
    this.wire = wire;
  }

  public MailAccessFailure of(Reason reason) {
    return new MailAccessFailure(reason, what, advice(reason) + ".");
  }

  public MailAccessFailure of(Reason reason, String advice) {
    return new MailAccessFailure(reason, what, advice);
  }

  /** A server that wants to be left alone for some time. */
  public MailAccessFailure busy(Duration wait) {
    String advice = "Try again in %d s, with fewer connections.".formatted(wait.toSeconds() + 1);
    return new MailAccessFailure(Reason.BUSY, what, advice, wait);
  }

  /**
   * A login that was refused for good.
   *
   * @param token whether it was tried with an access token
   * @param said the server's refusal, which is not passed on
   */
  public MailAccessFailure refusedLogin(boolean token, String said) {
    return new MailAccessFailure(
        token ? Reason.TOKEN_REFUSED : Reason.WRONG_CREDENTIAL,
        what,
        LoginAdvice.decide(host, token, said));
  }

  /** A failure for a broken conversation. */
  public MailAccessFailure of(Exception thrown) {
    Reason reason = wire.isLate() ? Reason.TIMEOUT : reasonOf(thrown);
    IOException cause = find(thrown, IOException.class);
    String advice =
        reason == Reason.CERTIFICATE ? CertificateAdvice.decide(cause) : advice(reason) + ".";
    return cause == null
        ? new MailAccessFailure(reason, what, advice)
        : new MailAccessFailure(reason, what, advice, cause);
  }

  private static Reason reasonOf(Exception thrown) {
    if (find(thrown, UnknownHostException.class) != null) {
      return Reason.UNKNOWN_HOST;
    }
    if (find(thrown, SocketTimeoutException.class) != null) {
      return Reason.TIMEOUT;
    }
    if (find(thrown, CertificateException.class) != null
        || find(thrown, CertPathValidatorException.class) != null
        || find(thrown, SSLPeerUnverifiedException.class) != null) {
      return Reason.CERTIFICATE;
    }
    return withoutCertificate(thrown);
  }

  private static Reason withoutCertificate(Exception thrown) {
    ConnectException refused = find(thrown, ConnectException.class);
    if (refused != null) {
      return says(refused, "timed out") ? Reason.TIMEOUT : Reason.REFUSED;
    }
    if (find(thrown, NoRouteToHostException.class) != null) {
      return Reason.REFUSED;
    }
    if (find(thrown, EOFException.class) != null) {
      return Reason.CONNECTION_LOST;
    }
    SSLException tls = find(thrown, SSLException.class);
    if (tls != null) {
      boolean noCommonTls = tls instanceof SSLHandshakeException || says(tls, "ssl message");
      return noCommonTls && !says(tls, "terminated") ? Reason.NO_TLS : Reason.CONNECTION_LOST;
    }
    return find(thrown, IOException.class) == null ? Reason.PROTOCOL : Reason.CONNECTION_LOST;
  }

  private static boolean says(Exception thrown, String words) {
    String message = thrown.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains(words);
  }

  /** The first of {@code type} in the chain of causes; null when there is none. */
  private static <T extends Exception> @Nullable T find(Exception thrown, Class<T> type) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = next(at);
    }
    return null;
  }

  private static @Nullable Throwable next(Throwable at) {
    if (at instanceof ProtocolException said && said.getResponse() != null) {
      Response response = said.getResponse();
      return response.getException();
    }
    if (at.getCause() != null) {
      return at.getCause();
    }
    return at instanceof MessagingException mail ? mail.getNextException() : null;
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case UNKNOWN_HOST -> "Check the spelling of the host name";
      case REFUSED -> "Check the port, and that no firewall is in the way";
      case TIMEOUT -> "Check host, port and TLS mode, or try again later";
      case CERTIFICATE ->
          "Use the host name that its certificate names, or add the authority that issued it";
      case NO_TLS -> "Choose the TLS mode and port that the server offers";
      case WRONG_CREDENTIAL ->
          "Check user and password; many providers want an app password or OAuth 2.0";
      case TOKEN_REFUSED ->
          "Ask for a new token; if it stays so, the user has to give consent once more";
      case NO_FOLDER -> "Check the name of the folder";
      case BUSY -> "Try again later, with fewer connections";
      case CONNECTION_LOST -> "Connect again";
      case PROTOCOL -> "Connect again; if it stays so, check that host and port are right";
    };
  }
}
