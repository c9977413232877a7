package io.engage.spi;

/**
 * Something is broken. Expected refusals are values instead. The message says what happened, to
 * which thing in quotes, and what to do; it holds no secret and nothing that a customer wrote.
 */
public class EngageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngageException(String message) {
    super(message);
  }

  public EngageException(String message, Throwable cause) {
    super(message, cause);
  }
}
