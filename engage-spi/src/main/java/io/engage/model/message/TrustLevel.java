package io.engage.model.message;

/**
 * How sure it is that a message comes from whom it names. It speaks of the person; which
 * conversation a message belongs to is another question.
 */
public enum TrustLevel {
  /**
   * Our own mail server checked that the domain in From sent it (RFC 8601, DMARC or aligned DKIM).
   */
  VERIFIED("verified"),
  /**
   * It answers a mail that only its recipients had; anybody they forwarded it to has it as well.
   */
  TOKEN("token"),
  /** It says so, and nothing speaks for or against it. */
  CLAIMED("claimed"),
  /** Our own mail server found that it does not, or it names several senders. */
  SUSPICIOUS("suspicious");

  private final String code;

  TrustLevel(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }
}
