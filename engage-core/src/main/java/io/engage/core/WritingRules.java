package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.spi.Signatures;
import java.time.Duration;

/**
 * What the host decided about writing.
 *
 * @param undoWindow how long what was sent can be taken back; zero for never
 * @param largestMail in bytes, as it travels
 */
record WritingRules(Duration undoWindow, long largestMail, Signatures signatures) {
  /** What most mail servers take. */
  static final long USUAL_LARGEST_MAIL = 25L * 1024 * 1024;

  /** A file of so many bytes is sent in three quarters of this (RFC 2045 section 6.8). */
  private static final double GROWTH = 0.74;

  static final WritingRules USUAL =
      new WritingRules(Duration.ofSeconds(10), USUAL_LARGEST_MAIL, Signatures.none());

  WritingRules {
    requireNonNull(undoWindow, "undoWindow");
    requireNonNull(signatures, "signatures");
    if (undoWindow.isNegative()) {
      throw new IllegalArgumentException(
          "The time to take a message back cannot be negative. Use Duration.ZERO for none.");
    }
    if (largestMail < 1) {
      throw new IllegalArgumentException("The largest mail has at least one byte");
    }
  }

  /** How many bytes of files fit into one mail. */
  long mostOfFiles() {
    return (long) (largestMail * GROWTH);
  }

  WritingRules withUndoWindow(Duration other) {
    return new WritingRules(other, largestMail, signatures);
  }

  WritingRules withLargestMail(long other) {
    return new WritingRules(undoWindow, other, signatures);
  }

  WritingRules withSignatures(Signatures other) {
    return new WritingRules(undoWindow, largestMail, other);
  }
}
