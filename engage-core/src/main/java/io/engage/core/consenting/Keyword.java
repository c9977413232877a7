package io.engage.core.consenting;

/** What a text message asks for by being one word and nothing else. */
enum Keyword {
  STOP,
  START,
  HELP,
  /** It is no keyword. */
  NONE
}
