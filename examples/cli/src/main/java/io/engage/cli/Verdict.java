package io.engage.cli;

/**
 * What came of looking at one thing.
 *
 * @param what was looked at, such as {@code spf}
 * @param words what was found, with advice where it is red
 */
record Verdict(String what, boolean good, String words) {
  static Verdict green(String what, String words) {
    return new Verdict(what, true, words);
  }

  static Verdict red(String what, String words) {
    return new Verdict(what, false, words);
  }
}
