package io.engage.model.template;

import static java.util.Objects.requireNonNull;

/** Names one template. */
public record TemplateId(String value) {
  public TemplateId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A TemplateId needs at least one character");
    }
  }

  public static TemplateId of(String value) {
    return new TemplateId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
