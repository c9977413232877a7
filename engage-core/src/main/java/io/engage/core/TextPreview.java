package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.texting.TextMeasure;
import io.engage.model.address.PhoneNumber;

/**
 * A text as it would go out now.
 *
 * @param words what the customer would get: the opt-in request when they were never asked
 * @param isRequest whether that is the opt-in request
 * @param measure of {@code words}
 */
public record TextPreview(
    PhoneNumber from, PhoneNumber to, String words, boolean isRequest, TextMeasure measure) {
  public TextPreview {
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(words, "words");
    requireNonNull(measure, "measure");
  }

  @Override
  public String toString() {
    return "TextPreview[" + measure + "]";
  }
}
