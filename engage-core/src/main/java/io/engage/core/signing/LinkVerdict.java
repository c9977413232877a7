package io.engage.core.signing;

/** What a link that came back is worth. */
public sealed interface LinkVerdict {

  /** We made it, for this purpose, and it still holds. */
  record Genuine(String content) implements LinkVerdict {}

  /** We made it, and its time is over. */
  record Expired() implements LinkVerdict {}

  /** It was cut, edited, made for something else or by somebody else. */
  record Forged() implements LinkVerdict {}
}
