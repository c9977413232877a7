package io.engage.model.message;

/** How far a message of ours has come. Inbound messages have {@link #NONE}. */
public enum Delivery {
  NONE("none"),
  /** Committed, waiting for its turn. */
  QUEUED("queued"),
  /** The next server took responsibility for it. */
  SENT("sent"),
  /** A text message reached the person's phone, as the gateway reported. */
  DELIVERED("delivered"),
  /** It was refused for good, or given up. */
  FAILED("failed"),
  /** The connection broke where nobody can know whether the server took it. */
  IN_DOUBT("in-doubt"),
  /** It was sent, and came back. */
  BOUNCED("bounced"),
  /** Its author took it back before anybody began to send it. */
  WITHDRAWN("withdrawn");

  private final String code;

  Delivery(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }
}
