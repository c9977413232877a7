package io.engage.model.inbox;

/** Whether an agent is on the phone. */
public enum CallState {
  NO_CALL,
  IN_CALL
}
