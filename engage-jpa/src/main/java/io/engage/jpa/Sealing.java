package io.engage.jpa;

/**
 * Encrypts secrets before they are stored. {@link KeySealing} does so with keys that the host
 * gives; a host with a key service of its own writes this interface.
 *
 * <p><b>Callers.</b> Any thread, many at once.
 *
 * <p><b>Failure.</b> What was sealed by somebody else, for something else, or changed since, is
 * never opened: that throws an {@link io.engage.spi.EngageException} that says neither the secret
 * nor a key.
 */
public interface Sealing {

  /**
   * Encrypts, so that only {@link #open} with the same {@code context} gives the secret back.
   *
   * @param context what the secret belongs to; it is stored beside it and need not be secret
   */
  byte[] seal(byte[] secret, byte[] context);

  /** What was given to {@link #seal}. */
  byte[] open(byte[] sealed, byte[] context);
}
