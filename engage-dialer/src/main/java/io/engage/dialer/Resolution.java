package io.engage.dialer;

import io.engage.model.campaign.RecipientNote;

/** What an agent makes of a recipient of whom nobody knows whether the mail arrived. */
public enum Resolution {
  /** It has arrived. */
  ARRIVED("arrived", RecipientNote.Kind.ARRIVED),
  /** It is to be sent once more, though it may arrive twice then. */
  SEND_AGAIN("send-again", RecipientNote.Kind.WANTED_AGAIN);

  private final String code;
  private final RecipientNote.Kind note;

  Resolution(String code, RecipientNote.Kind note) {
    this.code = code;
    this.note = note;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }

  RecipientNote.Kind note() {
    return note;
  }
}
