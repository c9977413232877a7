package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

/** Names one audit entry; listeners use it to recognise one that they were told of twice. */
public record AuditEntryId(String value) {
  public AuditEntryId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A AuditEntryId needs at least one character");
    }
  }

  public static AuditEntryId of(String value) {
    return new AuditEntryId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
