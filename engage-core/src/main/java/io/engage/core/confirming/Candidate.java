package io.engage.core.confirming;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.AnswerBudget;
import io.engage.model.message.TrustLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail that may be answered by itself, and all that speaks for or against it.
 *
 * @param notByItsForm why nothing may answer it, by what it says of itself (RFC 3834); null when
 *     nothing does
 * @param trust how sure its sender is
 * @param knownContact whether the directory knows its sender
 * @param fromOurselves whether its sender, or whoever its answers go to, is one of our inboxes
 * @param hops how many servers it has passed
 * @param answered whether it, or another copy of it, has an answer
 * @param receivedAt by our server
 * @param writtenAt as its sender says; null when they do not
 * @param since what is older is never answered
 * @param ofSender what its sender has had
 * @param ofDomain what everybody at the domain of its sender has had
 */
public record Candidate(
    @Nullable String notByItsForm,
    TrustLevel trust,
    boolean knownContact,
    boolean fromOurselves,
    int hops,
    boolean answered,
    Instant receivedAt,
    @Nullable Instant writtenAt,
    Instant since,
    AnswerBudget ofSender,
    AnswerBudget ofDomain) {
  public Candidate {
    requireNonNull(trust, "trust");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(since, "since");
    requireNonNull(ofSender, "ofSender");
    requireNonNull(ofDomain, "ofDomain");
  }
}
