package io.engage.model.message;

import static java.util.Objects.requireNonNull;

/**
 * HTML as a stranger sent it. Never show it: sanitise it first. It does not print itself, so that
 * it reaches no log.
 */
public record UntrustedHtml(String value) {
  public UntrustedHtml {
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return "UntrustedHtml[" + value.length() + " characters]";
  }
}
