package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** Where a mail server listens. */
public record ServerEndpoint(String host, int port, TlsMode tls) {
  public ServerEndpoint {
    requireNonNull(host, "host");
    requireNonNull(tls, "tls");
    if (host.isBlank() || host.chars().anyMatch(c -> c <= 32 || c == '/')) {
      throw new IllegalArgumentException(
          "A mail server needs a host name or address, such as imap.example.com");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "The port of mail server '%s' has to be 1 to 65535, but is %d".formatted(host, port));
    }
    if (tls == TlsMode.PLAINTEXT_LOOPBACK && !isLoopback(host)) {
      throw new IllegalArgumentException(
          ("Mail server '%s' is not on this machine, so its password would travel in clear text."
                  + " Use TLS or STARTTLS_REQUIRED.")
              .formatted(host));
    }
  }

  public static ServerEndpoint tls(String host, int port) {
    return new ServerEndpoint(host, port, TlsMode.TLS);
  }

  public static ServerEndpoint startTls(String host, int port) {
    return new ServerEndpoint(host, port, TlsMode.STARTTLS_REQUIRED);
  }

  /** A server on this machine, in clear text. */
  public static ServerEndpoint loopback(int port) {
    return new ServerEndpoint("127.0.0.1", port, TlsMode.PLAINTEXT_LOOPBACK);
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
