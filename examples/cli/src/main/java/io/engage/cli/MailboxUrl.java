package io.engage.cli;

import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.model.mailbox.AccountId;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A mailbox as it is named on a command line: {@code imaps://user@host[:port][/folder]} (RFC 5092),
 * and in the same way {@code smtps://user@host[:port]}. {@code imap} and {@code smtp} mean
 * STARTTLS, and clear text only to this machine; a password never stands in it.
 */
record MailboxUrl(ServerEndpoint server, String user, String folder) {
  private static final Map<String, Integer> PORTS =
      Map.of("imaps", 993, "imap", 143, "smtps", 465, "smtp", 587);

  /**
   * @throws IllegalArgumentException when it is none; the message never repeats a password
   */
  static MailboxUrl parse(String text) {
    URI uri = uri(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!PORTS.containsKey(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "A mailbox is named imaps://user@host, with :port and /folder if needed; a server that"
              + " sends is named smtps://user@host");
    }
    String user = uri.getRawUserInfo();
    if (user == null || user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          user == null
              ? "The mailbox URL names no user. Write imaps://user@host; an '@' within it is %40"
              : "A password must not stand on a command line. Put it into ENGAGE_PASSWORD or a"
                  + " file");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String folder = path.length() > 1 ? decoded(path.substring(1)) : "INBOX";
    return new MailboxUrl(server(uri, scheme), decoded(user), folder);
  }

  MailAccount account() {
    return new MailAccount(
        AccountId.of(user + "@" + server.host()),
        user,
        server,
        null,
        List.of(folder),
        MailAccount.SentCopies.BY_PROVIDER);
  }

  /** For an account that only sends. */
  MailAccount sendingAccount() {
    return new MailAccount(
        AccountId.of(user + "@" + server.host()),
        user,
        null,
        server,
        List.of(),
        MailAccount.SentCopies.BY_PROVIDER);
  }

  private static ServerEndpoint server(URI uri, String scheme) {
    String host = uri.getHost();
    int port = uri.getPort() > 0 ? uri.getPort() : PORTS.getOrDefault(scheme, 0);
    if (scheme.endsWith("s")) {
      return new ServerEndpoint(host, port, TlsMode.TLS);
    }
    return isLoopback(host)
        ? new ServerEndpoint(host, port, TlsMode.PLAINTEXT_LOOPBACK)
        : new ServerEndpoint(host, port, TlsMode.STARTTLS_REQUIRED);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException broken) {
      throw new IllegalArgumentException(
          "The mailbox URL cannot be read at character %d: %s"
              .formatted(broken.getIndex(), broken.getReason()));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
