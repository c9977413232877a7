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
}
