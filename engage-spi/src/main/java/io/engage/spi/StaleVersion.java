package io.engage.spi;

/**
 * Somebody else changed the same thing in between. Nothing was stored; read again, decide again,
 * commit again.
 */
public final class StaleVersion extends EngageException {
  private static final long serialVersionUID = 1L;

  public StaleVersion(String what, String id) {
    super(
        "The %s '%s' was changed by somebody else in the meantime. Read it again and retry."
            .formatted(what, id));
  }

  private StaleVersion(String message) {
    super(message);
  }

  /** Somebody else was faster to store something under an id that was to be new. */
  public static StaleVersion takenId() {
    return new StaleVersion(
        "An id that was to be new was taken by somebody else in the meantime. Read it again and"
            + " retry.");
  }
}
