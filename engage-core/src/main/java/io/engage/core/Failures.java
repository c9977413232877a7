package io.engage.core;

import io.engage.spi.EngageException;
import io.engage.spi.MailAccessFailure;

/** Says in a few words why something did not work, fit for the audit trail. */
final class Failures {
  private Failures() {}

  /** Messages of ours hold nothing secret; of those of others nobody knows. */
  static String inWords(Throwable failed) {
    if (failed instanceof MailAccessFailure access) {
      return access.reason().words();
    }
    return failed instanceof EngageException ours
        ? String.valueOf(ours.getMessage())
        : failed.getClass().getSimpleName();
  }
}
