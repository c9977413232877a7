package io.engage.spi;

import static java.util.Objects.requireNonNull;

/**
 * A token server gives no access tokens any more, and asking again does not help: somebody has to
 * do something.
 */
public final class TokenServerRefusal extends PortFailure {
  private static final long serialVersionUID = 1L;

  private final Remedy remedy;

  /** Who can help. */
  public enum Remedy {
    /** The owner of the account has to consent again, and the host to store the new token. */
    CONSENT_AGAIN,
    /** The administrator has to correct how we are registered with the token server. */
    CORRECT_CLIENT
  }

  public TokenServerRefusal(Remedy remedy, String message) {
    super(message, false);
    this.remedy = requireNonNull(remedy, "remedy");
  }

  public Remedy remedy() {
    return remedy;
  }
}
