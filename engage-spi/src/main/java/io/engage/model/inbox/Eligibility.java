package io.engage.model.inbox;

/**
 * Who may be offered a conversation. The names are those of the contact centre; everybody has to be
 * online and a member, whatever else is said here.
 */
public enum Eligibility {
  /**
   * Who is not on break, not on the phone and works on nothing. While they handle one they stand on
   * break by themselves.
   */
  IN_CALL("incall"),
  /** Who is not on break and below the limit of the inbox. They may be on the phone. */
  NO_CALL("nocall"),
  /** Who is not on break and works on nothing: one conversation at a time. They may phone. */
  INTERACTION("interaction"),
  /** Everybody sees what waits and picks; who works on nothing and is not on break may pick one. */
  RING_ALL("ringall"),
  /** Everybody sees what waits; who is not on break may pick any number. */
  RING_ALL_MULTIPLE("ringallmultiple"),
  /**
   * Who is not on break, not on the phone and below the limit; those who work on nothing come
   * before those who work on something.
   */
  OMNI("omni"),
  /** Who is not on break and not on the phone, up to the limit of the inbox. */
  NO_PAUSE("nopause");

  private final String code;

  Eligibility(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }

  /** Whether agents pick from the queue themselves, so that nothing is offered to one of them. */
  public boolean isPicked() {
    return this == RING_ALL || this == RING_ALL_MULTIPLE;
  }
}
