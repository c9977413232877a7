package io.engage.model.queue;

/** Where a conversation stands between the customer and an agent. */
public enum QueueState {
  /** The customer waits, and nobody has been asked. */
  QUEUED("queued"),
  /** Somebody was asked and has not said yes or no. */
  OFFERED("offered"),
  /** Somebody works on it. */
  ACTIVE("active"),
  /** It is open, nobody works on it and nobody waits: it was answered without being taken. */
  IDLE("idle"),
  COMPLETED("completed");

  private final String code;

  QueueState(String code) {
    this.code = code;
  }

  /** The name under which it is shown and exported, for ever. */
  public String code() {
    return code;
  }
}
