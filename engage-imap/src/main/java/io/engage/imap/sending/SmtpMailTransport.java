package io.engage.imap.sending;

import static java.util.Objects.requireNonNull;

import io.engage.imap.connecting.Connecting;
import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.MailTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands mails to servers by SMTP (RFC 5321). */
public final class SmtpMailTransport implements MailTransport {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpMailTransport.class);

  private final Connecting connecting;
  private final Map<AccountId, Pipelining> pipelining = new ConcurrentHashMap<>();

  public SmtpMailTransport(Connecting connecting) {
    this.connecting = requireNonNull(connecting, "connecting");
  }

  @Override
  public TransportSession open(MailAccount account) {
    ServerEndpoint endpoint = account.smtp();
    if (endpoint == null) {
      throw new IllegalArgumentException(
          "Mail account '%s' has no SMTP server; it only receives".formatted(account.id()));
    }
    String ourName = ourName(account.user());
    SmtpConnection connection =
        connecting
            .login()
            .as(
                account.id(),
                credential ->
                    connecting
                        .mechanisms()
                        .as(
                            account.id(),
                            "SMTP",
                            attempt ->
                                SmtpConnection.open(
                                    endpoint,
                                    new SmtpConnection.Caller(account.user(), credential, ourName),
                                    connecting.wire(account.id()),
                                    attempt)));
    LOG.debug("Account {} is connected by SMTP", account.id());
    Pipelining trust = pipelining.computeIfAbsent(account.id(), first -> new Pipelining());
    return new SmtpSession(new Delivering(connection, trust, connecting.timeouts().finalAnswer()));
  }

  /** For EHLO: the domain that mail is sent for, else this machine, never "localhost". */
  private static String ourName(String user) {
    return EmailAddress.parse(user).map(EmailAddress::domain).orElseGet(SmtpMailTransport::machine);
  }

  private static String machine() {
    try {
      InetAddress machine = InetAddress.getLocalHost();
      String name = machine.getHostName();
      boolean full = name.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+") && !name.matches("[0-9.]+");
      return full ? name : "[" + machine.getHostAddress() + "]";
    } catch (UnknownHostException nameless) {
      return "[127.0.0.1]";
    }
  }
}
