package io.engage.imap.fetching;

import io.engage.spi.MailAccessFailure.Reason;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** The connection of a session, and how another is made when a mail has cut it. */
final class Line {
  private final Supplier<ImapConnection> connect;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile ImapConnection connection;

  /**
   * @param connect connects and logs in
   */
  Line(Supplier<ImapConnection> connect) {
    this.connect = connect;
    this.connection = connect.get();
  }

  ImapConnection connection() {
    return connection;
  }

  /** Opens when the session is closed. */
  CountDownLatch closed() {
    return closed;
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Whoever closes the session meanwhile ends the new connection too. */
  void connectAnew() {
    requireOpen();
    connection.wire().cut();
    connection = connect.get();
    requireOpen();
  }

  private void requireOpen() {
    if (isClosed()) {
      connection.wire().cut();
      throw connection.failures().of(Reason.CONNECTION_LOST, "Open a new session.");
    }
  }
}
