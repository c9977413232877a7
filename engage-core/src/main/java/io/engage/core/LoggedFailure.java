package io.engage.core;

import org.jspecify.annotations.Nullable;

/**
 * A failure as it may stand in a log: of which sort it is and where it happened, with words where
 * they are ours. Mail servers repeat what they were sent, databases the row that they refuse, and a
 * host's own parts whatever they like: passwords, addresses, a customer's sentences.
 */
final class LoggedFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CAUSES = 20;

  private LoggedFailure(String words, @Nullable Throwable cause, StackTraceElement[] trace) {
    super(words, cause, false, true);
    setStackTrace(trace);
  }

  static LoggedFailure of(Throwable failed) {
    return of(failed, MOST_CAUSES);
  }

  private static LoggedFailure of(Throwable failed, int causes) {
    Throwable cause = failed.getCause();
    return new LoggedFailure(
        words(failed),
        cause == null || causes == 0 ? null : of(cause, causes - 1),
        failed.getStackTrace());
  }

  private static String words(Throwable failed) {
    return Failures.isOurs(failed)
        ? failed.getClass().getName() + ": " + failed.getMessage()
        : failed.getClass().getName();
  }

  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
