package io.engage.model.customer;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.time.Instant;

/**
 * That an address must not be written to again, though nothing else is known of it any more: what
 * is left of a refusal after its person was erased.
 *
 * @param pseudonym a keyed digest of the address, never the address itself
 * @param scope what must not be sent, such as {@code sms}
 * @param reason in words without anything about the person
 */
public record Suppression(String pseudonym, String scope, String reason, Instant at, long version)
    implements Document {

  public Suppression {
    requireNonNull(pseudonym, "pseudonym");
    requireNonNull(scope, "scope");
    requireNonNull(reason, "reason");
    requireNonNull(at, "at");
  }

  @Override
  public DocumentKey key() {
    return keyOf(pseudonym, scope);
  }

  public static DocumentKey keyOf(String pseudonym, String scope) {
    return new DocumentKey(DocumentKey.Kind.SUPPRESSION, scope + "/" + pseudonym);
  }

  @Override
  public String owner() {
    return scope;
  }

  @Override
  public Suppression withVersion(long newVersion) {
    return new Suppression(pseudonym, scope, reason, at, newVersion);
  }
}
