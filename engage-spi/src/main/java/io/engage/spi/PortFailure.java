package io.engage.spi;

/** Something that a host plugged in did not do its work. */
public class PortFailure extends EngageException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  /**
   * @param retryable whether the same call may go well later
   */
  public PortFailure(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  public PortFailure(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** Whether the same call may go well later. */
  public boolean isRetryable() {
    return retryable;
  }
}
