package io.engage.model.inbox;

/**
 * How a connection to a mail server is protected. There is no mode that falls back to clear text by
 * itself, and none that trusts any certificate.
 */
public enum TlsMode {
  /** TLS from the first byte (RFC 8314): what to use wherever it is offered. */
  TLS,
  /** STARTTLS, and no login without it. */
  STARTTLS_REQUIRED,
  /** Clear text, to this machine only. */
  PLAINTEXT_LOOPBACK,
  /**
   * Clear text over a network: everybody on the way reads the password. Only for a closed network.
   */
  PLAINTEXT_INSECURE
}
