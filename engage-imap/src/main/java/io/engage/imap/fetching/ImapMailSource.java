package io.engage.imap.fetching;

import static java.util.Objects.requireNonNull;

import io.engage.imap.connecting.Connecting;
import io.engage.imap.connecting.Failures;
import io.engage.imap.connecting.Mechanisms;
import io.engage.imap.connecting.Wire;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.spi.MailSource;
import java.io.IOException;
import java.time.Clock;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reaches mailboxes by IMAP (RFC 3501, RFC 9051). */
public final class ImapMailSource implements MailSource {
  private static final Logger LOG = LoggerFactory.getLogger(ImapMailSource.class);

  private final Connecting connecting;
  private final FetchLimits limits;
  private final Waiting waiting;
  private final Clock clock;

  public ImapMailSource(Connecting connecting, FetchLimits limits, Waiting waiting, Clock clock) {
    this.connecting = requireNonNull(connecting, "connecting");
    this.limits = requireNonNull(limits, "limits");
    this.waiting = requireNonNull(waiting, "waiting");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public MailboxSession open(MailAccount account) {
    ServerEndpoint endpoint = account.imap();
    if (endpoint == null) {
      throw new IllegalArgumentException(
          "Mail account '%s' has no IMAP server; it only sends".formatted(account.id()));
    }
    Line line =
        new Line(
            () ->
                connecting
                    .login()
                    .as(
                        account.id(),
                        credential ->
                            connecting
                                .mechanisms()
                                .as(
                                    account.id(),
                                    "IMAP",
                                    attempt -> connect(account, endpoint, credential, attempt))));
    LOG.debug("Account {} is connected by IMAP", account.id());
    return new ImapSession(account.id(), line, limits, waiting, clock);
  }

  private ImapConnection connect(
      MailAccount account,
      ServerEndpoint endpoint,
      Credential credential,
      Mechanisms.Attempt attempt) {
    Wire wire = connecting.wire(account.id());
    Failures failures = new Failures("IMAP", endpoint, wire);
    boolean open = false;
    try {
      wire.expectAnswer();
      ImapConnection connection =
          new ImapConnection(endpoint, wire.properties("imap", endpoint), wire, failures);
      if (endpoint.tls() == TlsMode.STARTTLS_REQUIRED) {
        connection.secure();
      }
      connection.logIn(account.user(), credential, attempt);
      wire.disarm();
      open = true;
      return connection;
    } catch (IOException | ProtocolException thrown) {
      throw failures.of(thrown);
    } finally {
      if (!open) {
        wire.cut();
      }
    }
  }
}
