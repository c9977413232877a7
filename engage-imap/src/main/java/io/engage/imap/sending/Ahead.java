package io.engage.imap.sending;

import io.engage.imap.sending.EnvelopeCheck.Offers;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailTransport.EnvelopeSupply;
import org.jspecify.annotations.Nullable;

/** The mail that may be taken before the outcome of the one before is told. */
final class Ahead {
  private final @Nullable EnvelopeSupply supply;
  private boolean asked;
  private @Nullable Outgoing mail;
  private @Nullable RuntimeException failure;

  /**
   * @param supply null when there is one mail only
   */
  Ahead(@Nullable EnvelopeSupply supply) {
    this.supply = supply;
  }

  /** The next mail, when it is there and the commands for it can be said now; else null. */
  @Nullable Outgoing announceable(Offers offers, int most) {
    ask();
    Outgoing next = mail;
    if (next == null || !next.isShort()) {
      return null;
    }
    SendOutcome known = next.prepare(offers);
    return known == null && next.commands().size() <= most ? next : null;
  }

  /**
   * The next mail, when the one before is done; null when none is ready.
   *
   * @param more whether one may still be asked for
   */
  @Nullable Outgoing next(boolean more) {
    if (more) {
      ask();
    }
    if (failure != null) {
      throw failure;
    }
    return mail;
  }

  /** A failure has to wait until the mail before is done. */
  private void ask() {
    if (asked || supply == null) {
      return;
    }
    asked = true;
    try {
      mail = supply.nextIfReady().map(Outgoing::new).orElse(null);
    } catch (RuntimeException notGiven) {
      failure = notGiven;
    }
  }
}
