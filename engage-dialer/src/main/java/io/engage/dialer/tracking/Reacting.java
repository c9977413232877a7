package io.engage.dialer.tracking;

import io.engage.core.classifying.Bounce;
import io.engage.core.classifying.BounceCategory;
import io.engage.core.classifying.BouncedRecipient;
import io.engage.core.classifying.Classification;
import io.engage.core.classifying.Complaint;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientNote.Kind;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.ReportPart;
import io.engage.model.outbox.SmtpReply;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a mail means that came back for one of a campaign. Only what speaks of the address
 * itself keeps later mailings from it (RFC 3463: 5.1.x and 5.2.1); a full mailbox, a policy against
 * us or a fault of today never does.
 */
public final class Reacting {
  private static final String NOT_SPAM = "not-spam";
  private static final String OPT_OUT = "opt-out";

  private Reacting() {}

  /**
   * @param invitation what it says to the event; null when nothing
   */
  public static Reaction decide(
      RecipientId recipient,
      ParsedMail mail,
      Classification classification,
      @Nullable InvitationAnswer invitation,
      Instant at) {
    return switch (classification.kind()) {
      case BOUNCE -> bounced(recipient, classification.bounce(), at);
      case COMPLAINT -> complained(recipient, classification.complaint(), at);
      case DELAY -> Reaction.heard();
      case DELIVERED, AUTO_REPLY, OUT_OF_OFFICE ->
          Reaction.heard(RecipientNote.of(recipient, Kind.ARRIVED, at));
      case DISPOSITION ->
          Reaction.heard(
              RecipientNote.of(recipient, wasDisplayed(mail) ? Kind.SEEN : Kind.ARRIVED, at));
      case CALENDAR_REPLY ->
          invitation == null
              ? Reaction.heard(RecipientNote.of(recipient, Kind.ARRIVED, at))
              : Reaction.heard(RecipientNote.invitation(recipient, invitation, at));
      case PERSON, SMS -> Reaction.answered(RecipientNote.of(recipient, Kind.ANSWERED, at));
      case BULK -> Reaction.answered();
    };
  }

  private static Reaction bounced(RecipientId recipient, @Nullable Bounce bounce, Instant at) {
    Optional<BouncedRecipient> failed =
        bounce == null ? Optional.empty() : bounce.recipients().stream().findFirst();
    BounceCategory category = failed.map(BouncedRecipient::category).orElse(BounceCategory.OTHER);
    RecipientNote note =
        RecipientNote.rejected(
            recipient,
            new RecipientOutcome(
                Why.BOUNCED,
                "It came back: " + category.code(),
                failed.map(Reacting::reply).orElse(null)),
            at);
    return failed.filter(BouncedRecipient::permanent).isPresent()
        ? Reaction.heardAndSuppressed(note, "bounced: " + category.code())
        : Reaction.heard(note);
  }

  private static @Nullable SmtpReply reply(BouncedRecipient failed) {
    Integer code = failed.replyCode();
    return code != null && code >= 200 && code <= 599
        ? new SmtpReply(code, failed.status(), failed.diagnostic())
        : null;
  }

  private static Reaction complained(
      RecipientId recipient, @Nullable Complaint complaint, Instant at) {
    String type = complaint == null ? "" : complaint.type();
    if (type.equals(NOT_SPAM)) {
      return Reaction.heard(RecipientNote.of(recipient, Kind.ARRIVED, at));
    }
    return type.equals(OPT_OUT)
        ? Reaction.heardAndSuppressed(
            RecipientNote.of(recipient, Kind.UNSUBSCRIBED, at), "opted out")
        : Reaction.heardAndSuppressed(RecipientNote.of(recipient, Kind.SPAM, at), "complained");
  }

  /** RFC 8098 section 3.2.6: {@code Disposition: manual-action/MDN-sent-manually; displayed}. */
  private static boolean wasDisplayed(ParsedMail mail) {
    return mail.reports().stream()
        .map(ReportPart::text)
        .flatMap(String::lines)
        .map(line -> line.toLowerCase(Locale.ROOT))
        .anyMatch(line -> line.startsWith("disposition:") && line.contains("displayed"));
  }
}
