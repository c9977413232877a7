package io.engage.spi;

import java.util.UUID;

/**
 * Makes ids that nobody else has.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines.
 *
 * <p>{@code IdSourceContract} in engage-testkit has a test for each promise on this page.
 */
@FunctionalInterface
public interface IdSource {

  /**
   * A new id: 1 to 40 lower-case letters (a to z), digits and hyphens; mail servers change the case
   * of what they pass on, and some ids travel in mails. It is never repeated, on no machine, and
   * cannot be guessed.
   */
  String next();

  /** Random UUIDs (RFC 9562 section 5.4). */
  static IdSource randomUuids() {
    return () -> UUID.randomUUID().toString();
  }
}
