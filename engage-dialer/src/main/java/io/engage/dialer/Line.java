package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.dialing.Verdict.Sign;
import io.engage.model.inbox.MailAccount;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.spi.PortFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that one thread keeps, opened when the first mail needs it or when it broke. */
final class Line implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  private final Foundation foundation;
  private @Nullable TransportSession session;
  private @Nullable MailAccount account;
  private @Nullable Way way;
  private Duration perMail = Duration.ZERO;

  Line(Foundation foundation) {
    this.foundation = foundation;
  }

  /** Whether there is a connection, or may be one more, whose place is kept then. */
  boolean reserve(MailAccount wanted, Way through) {
    TransportSession open = session;
    boolean fits = open == null || (open.isUsable() && wanted.equals(account));
    if (fits && through == way) {
      return true;
    }
    close();
    if (!through.takeConnection()) {
      return false;
    }
    way = through;
    return true;
  }

  /** So long so many mails took just now. */
  void took(Duration time, int mails) {
    if (mails > 0) {
      perMail = time.dividedBy(mails);
    }
  }

  /** How long a mail took lately; nothing while none did. */
  Duration perMail() {
    return perMail;
  }

  /** Gives a place back that was kept and not needed. */
  void leave() {
    if (session == null) {
      close();
    }
  }

  /** Empty when there is none now; the way knows why. */
  Optional<TransportSession> open(MailAccount wanted, Way through) {
    if (!reserve(wanted, through)) {
      return Optional.empty();
    }
    TransportSession open = session;
    return open == null ? connected(wanted, through) : Optional.of(open);
  }

  private Optional<TransportSession> connected(MailAccount wanted, Way through) {
    boolean opened = false;
    try {
      TransportSession fresh = foundation.mail().transport().open(wanted);
      session = fresh;
      account = wanted;
      opened = true;
      return Optional.of(fresh);
    } catch (RuntimeException refused) {
      LOG.warn(
          "Mail account '{}' could not be used for sending now: {}", wanted.id(), words(refused));
      tell(through, refused);
      return Optional.empty();
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private void tell(Way through, RuntimeException refused) {
    if (refused instanceof PortFailure failure && !failure.isRetryable()) {
      through.isFaulty("The mail account cannot be used: %s".formatted(words(refused)));
    } else {
      through.saw(Sign.NOT_REACHED, foundation.clock().instant());
    }
  }

  /** What a server or a host's own part says may hold anything. */
  private static String words(RuntimeException failed) {
    return failed instanceof MailAccessFailure access
        ? access.reason().words()
        : failed.getClass().getSimpleName();
  }

  @Override
  public void close() {
    TransportSession open = session;
    Way through = way;
    session = null;
    way = null;
    if (open != null) {
      open.close();
    }
    if (through != null) {
      through.giveBackConnection();
    }
  }
}
