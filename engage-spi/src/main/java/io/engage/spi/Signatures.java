package io.engage.spi;

import io.engage.model.inbox.AgentId;
import io.engage.model.writing.Signature;
import java.util.Optional;

/**
 * Knows how agents sign: what they wrote into their profile in the host. It stands below what they
 * send, after the signature of the inbox.
 *
 * <p><b>Callers.</b> Agents' threads, several at once, at each preview and each sending. It must
 * not call back into Engage.
 *
 * <p><b>Failure.</b> When it throws, nothing is sent and the draft stays as it is.
 *
 * <p>{@code SignaturesContract} in engage-testkit has a test for each promise on this page.
 */
@FunctionalInterface
public interface Signatures {

  /** How this agent signs; empty for somebody without a signature, or who is not known. */
  Optional<Signature> signatureOf(AgentId agent);

  /** Nobody has a signature of their own. */
  static Signatures none() {
    return agent -> Optional.empty();
  }
}
