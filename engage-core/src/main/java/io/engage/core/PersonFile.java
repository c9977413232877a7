package io.engage.core;

import static java.util.Objects.requireNonNull;

/**
 * What an export of a person held.
 *
 * @param pseudonym what the person is called in the audit trail
 * @param conversations how many
 * @param messages how many
 */
public record PersonFile(String pseudonym, int conversations, int messages) {
  public PersonFile {
    requireNonNull(pseudonym, "pseudonym");
  }
}
