package io.engage.dialer.campaigning;

/** What an agent may want of a campaign. */
public enum Wish {
  START,
  STOP,
  RESUME,
  CANCEL
}
