package io.engage.core.classifying;

/** Why a mail came back, as far as that matters for what to do next. */
public enum BounceCategory {
  /** There is no such mailbox, or it moved. */
  UNKNOWN_RECIPIENT("unknown-recipient"),
  /** There is no such domain, or it takes no mail. */
  UNKNOWN_HOST("unknown-host"),
  /** The mailbox exists and is switched off. */
  DISABLED_RECIPIENT("disabled-recipient"),
  /** The mailbox, or its owner's rules, refuse this mail. */
  REJECTED_RECIPIENT("rejected-recipient"),
  MAILBOX_FULL("mailbox-full"),
  TOO_BIG("too-big"),
  /** The other side distrusts us or our mail: a fault of ours, never the recipient's. */
  POLICY("policy"),
  /** It may work later. */
  TEMPORARY("temporary"),
  OTHER("other");

  private final String code;

  BounceCategory(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }

  /** Whether it speaks of the recipient's address rather than of this mail, of us or of today. */
  boolean blamesAddress() {
    return this == UNKNOWN_RECIPIENT
        || this == UNKNOWN_HOST
        || this == DISABLED_RECIPIENT
        || this == REJECTED_RECIPIENT;
  }
}
