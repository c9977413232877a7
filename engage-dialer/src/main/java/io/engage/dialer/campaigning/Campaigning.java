package io.engage.dialer.campaigning;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import java.util.Optional;

/** Decides what becomes of a campaign when an agent wants it started, stopped, resumed or ended. */
public final class Campaigning {
  /** Why nothing is sent without a key of the host's. */
  public static final String KEY_WANTED =
      "Links to unsubscribe, and who followed them, would be forgotten when this process ends."
          + " Give Engage a key that survives restarts with signingKeys(...) first.";

  private Campaigning() {}

  public static Step decide(Campaign campaign, Wish wish) {
    Status status = campaign.state().status();
    if (status == Status.CANCELLED && wish != Wish.CANCEL) {
      return refused(campaign, "was ended for good. Set up another one");
    }
    return switch (wish) {
      case START -> status == Status.RUNNING ? new Step.AlreadySo() : new Step.To(Status.RUNNING);
      case RESUME -> resumed(campaign, status);
      case STOP -> stopped(campaign, status);
      case CANCEL ->
          status == Status.CANCELLED ? new Step.AlreadySo() : new Step.To(Status.CANCELLED);
    };
  }

  private static Step resumed(Campaign campaign, Status status) {
    return switch (status) {
      case STOPPED -> new Step.To(Status.RUNNING);
      case RUNNING -> new Step.AlreadySo();
      default -> refused(campaign, "was not stopped. Start it");
    };
  }

  private static Step stopped(Campaign campaign, Status status) {
    return switch (status) {
      case RUNNING -> new Step.To(Status.STOPPED);
      case STOPPED -> new Step.AlreadySo();
      default -> refused(campaign, "does not run");
    };
  }

  private static Step refused(Campaign campaign, String why) {
    return new Step.Refused("Campaign '%s' %s.".formatted(campaign.name(), why));
  }

  /**
   * Why a campaign cannot begin to send; empty when it can. One that was stopped while its last
   * mails were on their way has nothing left, and is resumed to finish.
   */
  public static Optional<String> obstacle(Readiness readiness, Wish wish) {
    if (!readiness.inboxOn()) {
      return Optional.of("The inbox is switched off. Switch it on to send from it.");
    }
    if (!readiness.accountKnown()) {
      return Optional.of("The inbox has no mail account here that could send. Set one up first.");
    }
    if (!readiness.keysLast()) {
      return Optional.of(KEY_WANTED);
    }
    if (readiness.activeLists() == 0) {
      return Optional.of("No list is active. Import one, and activate it.");
    }
    if (!readiness.problems().isEmpty()) {
      return Optional.of(String.join(" ", readiness.problems()));
    }
    return readiness.unsent() == 0 && wish != Wish.RESUME
        ? Optional.of("Everybody in the active lists has had their turn. Add or activate a list.")
        : Optional.empty();
  }
}
