package io.engage.spi;

/** Something was asked for by an id that does not exist here. */
public final class NotFound extends EngageException {
  private static final long serialVersionUID = 1L;

  public NotFound(String what, String id) {
    super(
        "There is no %s '%s' here. Check the id, and that it was not erased.".formatted(what, id));
  }
}
