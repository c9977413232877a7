package io.engage.core;

import io.engage.spi.MailAccessFailure;
import io.engage.spi.TokenServerRefusal;

/** Says in a few words why something did not work, fit for the audit trail. */
final class Failures {
  private Failures() {}

  /**
   * Our own words hold nothing secret. What a host's own part says nobody knows: it may repeat a
   * password or a customer's words, and the trail cannot forget; the log of the host has it whole.
   */
  static String inWords(Throwable failed) {
    if (failed instanceof MailAccessFailure access) {
      return access.reason().words();
    }
    return isOurs(failed) ? String.valueOf(failed.getMessage()) : failed.getClass().getSimpleName();
  }

  /** Whether it is made of our own words. */
  static boolean isOurs(Throwable failed) {
    return failed instanceof MailAccessFailure
        || failed instanceof TokenServerRefusal
        || failed instanceof CoreFailure;
  }
}
