package io.engage.model.customer;

import static java.util.Objects.requireNonNull;

/** Names one customer, in the host's own words. */
public record CustomerId(String value) {
  public CustomerId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A CustomerId needs at least one character");
    }
  }

  public static CustomerId of(String value) {
    return new CustomerId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
