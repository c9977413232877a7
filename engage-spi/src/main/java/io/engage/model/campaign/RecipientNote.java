package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.RecipientState.InvitationAnswer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that came back for a mail of a campaign.
 *
 * @param outcome what a report says, for {@link Kind#REJECTED}; null for all others
 * @param invitation for {@link Kind#INVITATION}; null for all others
 */
public record RecipientNote(
    RecipientId recipient,
    Kind kind,
    Instant at,
    @Nullable RecipientOutcome outcome,
    @Nullable InvitationAnswer invitation) {

  /** What may come back. */
  public enum Kind {
    SEEN,
    SEEN_BY_MACHINE,
    REJECTED,
    SPAM,
    UNSUBSCRIBED,
    ANSWERED,
    INVITATION,
    /** A delivery report, or an agent, says that it arrived. */
    ARRIVED,
    /** An agent wants it sent once more, though nobody knows whether it arrived. */
    WANTED_AGAIN
  }

  public RecipientNote {
    requireNonNull(recipient, "recipient");
    requireNonNull(kind, "kind");
    requireNonNull(at, "at");
    if ((kind == Kind.REJECTED) != (outcome != null)
        || (kind == Kind.INVITATION) != (invitation != null)) {
      throw new IllegalArgumentException("A note of kind %s says something else".formatted(kind));
    }
  }

  public static RecipientNote of(RecipientId recipient, Kind kind, Instant at) {
    return new RecipientNote(recipient, kind, at, null, null);
  }

  public static RecipientNote rejected(
      RecipientId recipient, RecipientOutcome outcome, Instant at) {
    return new RecipientNote(recipient, Kind.REJECTED, at, outcome, null);
  }

  public static RecipientNote invitation(
      RecipientId recipient, InvitationAnswer answer, Instant at) {
    return new RecipientNote(recipient, Kind.INVITATION, at, null, answer);
  }
}
