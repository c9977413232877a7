package io.engage.dialer.dialing;

import io.engage.dialer.dialing.Verdict.Sign;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SendOutcome.Stage;
import io.engage.model.outbox.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what became of a recipient by what became of the attempt. Whom a server does not know is
 * rejected and not written to again; what may go well later is tried again, for some days; what is
 * our own fault is nobody's outcome.
 */
public final class Dialing {
  /** Minutes until the next try; after the last one it is given up, some days later. */
  private static final int[] PAUSES = {1, 5, 15, 30, 60, 120, 240, 480, 960, 1440};

  /** Where a server seems to refuse us, others are tried first. */
  private static final Duration ASIDE = Duration.ofMinutes(15);

  /** A server that has refused us for one recipient this often means the recipient. */
  private static final int MOST_REFUSALS_OF_US = 3;

  private Dialing() {}

  /**
   * In what light an outcome is seen.
   *
   * @param takesOthers whether the server has taken mail of ours lately, so that a refusal is not
   *     about us as a whole
   */
  public record Light(Doubt doubt, boolean takesOthers, Instant now) {}

  /**
   * @param claim as it was marked: this attempt is counted
   */
  public static Verdict decide(RecipientClaim claim, SendOutcome outcome, Light light) {
    Instant now = light.now();
    if (outcome instanceof SendOutcome.Accepted accepted) {
      return accepted.refused().isEmpty()
          ? taken(claim, accepted.reply(), now)
          : refused(claim, theirs(claim, accepted.refused()), Stage.RECIPIENT, light);
    } else if (outcome instanceof SendOutcome.Refused refused) {
      return refused.refused().isEmpty()
          ? refused(claim, refused.reply(), mailOrSender(refused.stage()), light)
          : refused(claim, theirs(claim, refused.refused()), Stage.RECIPIENT, light);
    } else if (outcome instanceof SendOutcome.NothingSent) {
      return later(
          claim, "The server could not be reached, or broke off", null, Sign.NOT_REACHED, now);
    }
    return new Verdict(inDoubt(claim, Why.NO_ANSWER, light.doubt(), now), Sign.NOT_REACHED, false);
  }

  /** A claim whose earlier holder was interrupted, when nobody is to get a mail twice. */
  public static RecipientSettlement interrupted(RecipientClaim claim, Instant now) {
    return end(claim, RecipientStatus.IN_DOUBT, Why.INTERRUPTED, null, now);
  }

  /** A claim whose earlier holder was interrupted, and whose turn does not come now either. */
  public static RecipientSettlement heldBack(
      RecipientClaim claim, Doubt doubt, Instant now, Instant until) {
    return doubt == Doubt.NEVER_TWICE ? interrupted(claim, now) : notBegun(claim, now, until);
  }

  /**
   * A claim whose holder was interrupted, in a list from which nobody is sent to for now.
   *
   * @param ended whether nobody ever will be: then they are in doubt, whatever the campaign wanted
   */
  public static RecipientSettlement leftBehind(
      RecipientClaim claim, Doubt doubt, boolean ended, Instant now) {
    return ended ? interrupted(claim, now) : heldBack(claim, doubt, now, now);
  }

  /**
   * A mail that could not be made or is not to be sent. Where an earlier one may have arrived,
   * nobody knows, and it is not called a failure.
   */
  public static RecipientSettlement failed(
      RecipientClaim claim, RecipientOutcome outcome, Instant now) {
    RecipientOutcome doubt = doubt(claim);
    return doubt == null
        ? RecipientSettlement.end(claim, RecipientStatus.FAILED, outcome, now)
        : RecipientSettlement.end(claim, RecipientStatus.IN_DOUBT, doubt, now);
  }

  /** Why an earlier mail may have arrived; null when none can have. */
  private static @Nullable RecipientOutcome doubt(RecipientClaim claim) {
    RecipientOutcome before = claim.recipient().state().outcome();
    if (claim.interrupted()) {
      return outcome(Why.INTERRUPTED, words(Why.INTERRUPTED), null);
    }
    return before != null && (before.why() == Why.INTERRUPTED || before.why() == Why.NO_ANSWER)
        ? before
        : null;
  }

  /** What is said of one who waits: that an earlier mail may have arrived is not forgotten. */
  private static RecipientOutcome waits(RecipientClaim claim, Why why, String words) {
    RecipientOutcome doubt = doubt(claim);
    return doubt == null ? outcome(why, words, null) : doubt;
  }

  /**
   * A mail that cannot be made for now, because a store that has a part of it is away: it is tried
   * as often and as long as one that a server asks for later.
   *
   * @param claim as it was marked: this attempt is counted
   */
  public static RecipientSettlement notComposedYet(RecipientClaim claim, Instant now) {
    int attempts = Math.max(1, claim.recipient().state().attempts());
    RecipientOutcome outcome =
        waits(claim, Why.NOT_COMPOSED, "A part of its mail could not be read");
    return attempts > PAUSES.length
        ? failed(claim, outcome, now)
        : RecipientSettlement.again(claim, outcome, now, now.plus(pause(attempts)));
  }

  private static Duration pause(int attempts) {
    return Duration.ofMinutes(PAUSES[attempts - 1]);
  }

  /**
   * A claim that was marked and of which nothing was sent after all: no attempt. Where an earlier
   * holder was interrupted, that attempt stays counted, and so does the doubt.
   */
  public static RecipientSettlement notBegun(RecipientClaim claim, Instant now, Instant until) {
    return claim.interrupted()
        ? RecipientSettlement.again(
            claim, outcome(Why.INTERRUPTED, words(Why.INTERRUPTED), null), now, until)
        : RecipientSettlement.notBegun(claim, now, until);
  }

  private static Verdict taken(RecipientClaim claim, SmtpReply reply, Instant now) {
    return new Verdict(
        end(claim, RecipientStatus.SENT, Why.ACCEPTED, reply, now), Sign.TAKEN, false);
  }

  /** What was said of this recipient, or of whoever else is on its mail. */
  private static SmtpReply theirs(RecipientClaim claim, Map<EmailAddress, SmtpReply> refused) {
    return EmailAddress.parse(claim.recipient().address())
        .map(refused::get)
        .orElseGet(() -> refused.values().iterator().next());
  }

  /** Nothing was said of the recipient, so it is not about them, however far it came. */
  private static Stage mailOrSender(Stage stage) {
    return stage == Stage.SENDER ? stage : Stage.CONTENT;
  }

  private static Verdict refused(RecipientClaim claim, SmtpReply reply, Stage stage, Light light) {
    Instant now = light.now();
    return switch (ReplyClass.decide(reply, stage)) {
      case NO_SUCH_RECIPIENT -> rejected(claim, reply, true, now);
      case REFUSED -> rejected(claim, reply, false, now);
      case LATER ->
          later(claim, "The server asks to come back later", reply, put(reply, stage), now);
      case TOO_FAST ->
          later(claim, "The server takes no more for now", reply, tooFast(reply, stage), now);
      case OURS -> ours(claim, reply, stage, light);
    };
  }

  /** Greylisting and throttling may look the same, for a single recipient. */
  private static Sign put(SmtpReply reply, Stage stage) {
    boolean unexplained = reply.isTransient() && reply.enhanced() == null;
    return unexplained && stage == Stage.RECIPIENT ? Sign.PUT_OFF : Sign.NEUTRAL;
  }

  /** What closes the connection is said to all of us. */
  private static Sign tooFast(SmtpReply reply, Stage stage) {
    return stage == Stage.RECIPIENT && reply.code() != ReplyClass.CLOSING
        ? Sign.TOO_FAST_FOR_THEM
        : Sign.TOO_FAST;
  }

  private static Verdict rejected(
      RecipientClaim claim, SmtpReply reply, boolean suppress, Instant now) {
    return new Verdict(
        end(claim, RecipientStatus.REJECTED, Why.REFUSED, reply, now), Sign.NEUTRAL, suppress);
  }

  /** It waits aside, so that one odd recipient does not stand before all others for ever. */
  private static Verdict ours(RecipientClaim claim, SmtpReply reply, Stage stage, Light light) {
    Instant now = light.now();
    boolean mayBeTheirs = stage != Stage.SENDER && light.takesOthers();
    if (mayBeTheirs && wasRefusedOften(claim.recipient().state())) {
      return new Verdict(
          end(claim, RecipientStatus.REJECTED, Why.REFUSED_US, reply, now), Sign.NEUTRAL, false);
    }
    RecipientOutcome outcome =
        outcome(Why.REFUSED_US, "The server refused the sender, not the recipient", reply);
    return new Verdict(
        RecipientSettlement.again(claim, outcome, now, now.plus(ASIDE)), sign(stage), false);
  }

  /** The word on a sender or a mail weighs more than that on a recipient. */
  private static Sign sign(Stage stage) {
    return stage == Stage.RECIPIENT ? Sign.MINDS_US : Sign.REFUSED_US;
  }

  private static boolean wasRefusedOften(RecipientState state) {
    RecipientOutcome before = state.outcome();
    return state.attempts() >= MOST_REFUSALS_OF_US
        && before != null
        && before.why() == Why.REFUSED_US;
  }

  private static Verdict later(
      RecipientClaim claim, String words, @Nullable SmtpReply reply, Sign sign, Instant now) {
    int attempts = Math.max(1, claim.recipient().state().attempts());
    if (attempts > PAUSES.length) {
      return new Verdict(
          end(claim, RecipientStatus.REJECTED, Why.GAVE_UP, reply, now), sign, false);
    }
    return new Verdict(
        RecipientSettlement.again(
            claim,
            outcome(Why.POSTPONED, words, reply),
            now,
            now.plus(Duration.ofMinutes(PAUSES[attempts - 1]))),
        sign,
        false);
  }

  private static RecipientSettlement inDoubt(
      RecipientClaim claim, Why why, Doubt doubt, Instant now) {
    int attempts = claim.recipient().state().attempts();
    return doubt == Doubt.NEVER_TWICE || attempts > PAUSES.length
        ? end(claim, RecipientStatus.IN_DOUBT, why, null, now)
        : RecipientSettlement.again(
            claim,
            outcome(why, words(why), null),
            now,
            now.plus(Duration.ofMinutes(PAUSES[Math.max(1, attempts) - 1])));
  }

  private static RecipientSettlement end(
      RecipientClaim claim,
      RecipientStatus status,
      Why why,
      @Nullable SmtpReply reply,
      Instant now) {
    return RecipientSettlement.end(claim, status, outcome(why, words(why), reply), now);
  }

  private static RecipientOutcome outcome(Why why, String words, @Nullable SmtpReply reply) {
    return new RecipientOutcome(why, words, reply);
  }

  private static String words(Why why) {
    return switch (why) {
      case ACCEPTED -> "The server took it";
      case REFUSED -> "The server refused it for good";
      case REFUSED_US -> "The server refused the sender for this recipient again and again";
      case GAVE_UP -> "It was tried for days";
      case NO_ANSWER -> "It went out, and the server did not answer";
      case INTERRUPTED -> "The process ended while it was sent";
      default -> why.code();
    };
  }
}
