package io.engage.imap.fetching;

import io.engage.imap.connecting.Wire;
import io.engage.spi.MailAccessFailure.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * Waits for something new in the open folder. IDLE is sent anew every few minutes: servers end it
 * after 29 (RFC 2177), and what stands between forgets a silent connection sooner.
 */
final class News {
  private final ImapConnection connection;
  private final Wire wire;
  private final CountDownLatch closed;
  private final Waiting waiting;

  News(ImapConnection connection, CountDownLatch closed, Waiting waiting) {
    this.connection = connection;
    this.wire = connection.wire();
    this.closed = closed;
    this.waiting = waiting;
  }

  boolean await(Selected folder, Duration most) throws IOException, ProtocolException {
    long end = System.nanoTime() + most.toNanos();
    boolean idles = connection.hasCapability("IDLE");
    while (!folder.hasNews() && !isClosed() && leftUntil(end) > 0) {
      Duration left = Duration.ofNanos(leftUntil(end));
      if (idles) {
        idles = idle(folder, shorter(left, waiting.idleAnew()));
      } else {
        poll(shorter(left, waiting.pollEvery()));
      }
    }
    return folder.hasNews();
  }

  /** One IDLE; false when the server refuses it, so that asking has to do. */
  private boolean idle(Selected folder, Duration time) throws IOException, ProtocolException {
    String tag = connection.send("IDLE", null);
    if (!hasBegun(tag)) {
      return false;
    }
    wait(folder, time);
    wire.ordinarySilence();
    connection.idleAbort();
    Response done = connection.await(tag, response -> false);
    return done.isOK();
  }

  private boolean hasBegun(String tag) throws IOException {
    wire.expectAnswer();
    try {
      while (true) {
        IMAPResponse response = connection.read();
        if (response != null && response.isContinuation()) {
          return true;
        }
        if (response != null && response.isTagged() && tag.equals(response.getTag())) {
          return false;
        }
      }
    } finally {
      wire.disarm();
    }
  }

  private void wait(Selected folder, Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    wire.allow(Long.MAX_VALUE);
    while (!folder.hasNews() && leftUntil(end) > 0) {
      wire.silence(Duration.ofNanos(Math.max(1_000_000, leftUntil(end))));
      try {
        IMAPResponse response = connection.read();
        if (response != null && response.isTagged()) {
          throw connection.failures().of(Reason.PROTOCOL);
        }
      } catch (SocketTimeoutException nothingCame) {
        return;
      }
    }
  }

  private void poll(Duration pause) throws IOException, ProtocolException {
    try {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw connection.failures().of(Reason.CONNECTION_LOST, "Its thread was interrupted.");
    }
    connection.await(connection.send("NOOP", null), response -> false);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static long leftUntil(long end) {
    return end - System.nanoTime();
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
