package io.engage.dialer.inviting;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What somebody's calendar answered to an invitation. All of it is what the mail says; whether the
 * mail may speak for the attendee is for others to decide.
 *
 * @param uid of the event
 * @param attendee for whom it answers
 * @param sequence of the invitation that was answered; 0 when it does not say
 * @param at when it was answered; null when it does not say
 */
public record InvitationReply(
    String uid,
    EmailAddress attendee,
    InvitationAnswer answer,
    int sequence,
    @Nullable Instant at) {
  private static final Comparator<InvitationReply> BY_AGE =
      Comparator.comparingInt(InvitationReply::sequence)
          .thenComparing(reply -> reply.at() == null ? Instant.MIN : reply.at());

  public InvitationReply {
    requireNonNull(uid, "uid");
    requireNonNull(attendee, "attendee");
    requireNonNull(answer, "answer");
  }

  /**
   * Whether this one holds when mails overtake each other: the answer to the later invitation, and
   * of those to the same one the later answer (RFC 5546 section 2.1.5).
   */
  public boolean supersedes(InvitationReply other) {
    return BY_AGE.compare(this, other) > 0;
  }

  /** Who it is stays out of logs. */
  @Override
  public String toString() {
    return "InvitationReply[%s]".formatted(answer.code());
  }
}
