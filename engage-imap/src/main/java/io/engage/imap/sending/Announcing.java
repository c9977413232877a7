package io.engage.imap.sending;

import io.engage.model.address.EmailAddress;
import io.engage.model.outbox.SendOutcome.Stage;
import io.engage.model.outbox.SmtpReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the answers to the MAIL, RCPT and DATA of a mail mean, as far as they have come. */
final class Announcing {
  static final int CLOSING = 421;
  private static final int GO_ON = 354;

  private Announcing() {}

  /** Whether the mail goes on, and how. */
  sealed interface Verdict {

    /** More has to be said, or heard, first. */
    record Unfinished() implements Verdict {}

    /**
     * The server waits for the content.
     *
     * @param refused who does not get it
     */
    record Wanted(Map<EmailAddress, SmtpReply> refused) implements Verdict {}

    /** The mail goes to nobody. */
    record Refused(SmtpReply reply, Map<EmailAddress, SmtpReply> refused, Stage stage, Then then)
        implements Verdict {}

    /** An answer that belongs to something else: who goes on takes yes for no. */
    record OutOfStep(SmtpReply reply) implements Verdict {}
  }

  /** What a refusal leaves to do. */
  enum Then {
    /** The next mail must not inherit anything. */
    RESET,
    /** The server waits for a content that is for nobody: a dot alone ends that (RFC 2920). */
    END_NOTHING,
    /** What it waits for would go to somebody, or it takes no more. */
    LEAVE
  }

  /**
   * @param untold who was refused before anything was said
   * @param told whom the RCPTs name, in order
   * @param replies in the order of MAIL, each RCPT, DATA; none is missing in between
   */
  static Verdict decide(
      Map<EmailAddress, SmtpReply> untold, List<EmailAddress> told, List<SmtpReply> replies) {
    if (replies.isEmpty() || isUndecided(told.size(), replies)) {
      return new Verdict.Unfinished();
    }
    Answers answers = Answers.of(told.size(), replies);
    if (answers.stray() != null) {
      return new Verdict.OutOfStep(answers.stray());
    }
    if (!answers.toSender().isAccepted()) {
      return new Verdict.Refused(answers.toSender(), Map.of(), Stage.SENDER, answers.then());
    }
    Map<EmailAddress, SmtpReply> refused = answers.refused(untold, told);
    SmtpReply refusal = answers.refusal(told.size());
    if (refusal != null) {
      Stage stage = refusal == answers.toData() ? Stage.CONTENT : Stage.RECIPIENT;
      return new Verdict.Refused(refusal, refused, stage, answers.then());
    }
    return answers.toData() == null ? new Verdict.Unfinished() : new Verdict.Wanted(refused);
  }

  /** What can be told at a glance while recipients are told one by one. */
  private static boolean isUndecided(int recipients, List<SmtpReply> replies) {
    int last = replies.get(replies.size() - 1).code();
    return replies.size() <= recipients
        && replies.get(0).code() < 300
        && last != CLOSING
        && (last < 300 || last >= 400);
  }

  /**
   * What was answered so far.
   *
   * @param toRecipients as many as have come
   * @param toData null when it has not come
   */
  private record Answers(
      SmtpReply toSender, List<SmtpReply> toRecipients, @Nullable SmtpReply toData) {

    static Answers of(int recipients, List<SmtpReply> replies) {
      boolean whole = replies.size() > recipients + 1;
      int answered = whole ? recipients : replies.size() - 1;
      return new Answers(
          replies.get(0),
          replies.subList(1, 1 + answered),
          whole ? replies.get(recipients + 1) : null);
    }

    SmtpReply last() {
      if (toData != null) {
        return toData;
      }
      return toRecipients.isEmpty() ? toSender : toRecipients.get(toRecipients.size() - 1);
    }

    /** One that cannot be meant for what it answers; null when there is none. */
    @Nullable SmtpReply stray() {
      if (toData != null && toData.isAccepted() && toData.code() != GO_ON) {
        return toData;
      }
      if (isIntermediate(toSender)) {
        return toSender;
      }
      for (SmtpReply reply : toRecipients) {
        if (isIntermediate(reply)) {
          return reply;
        }
      }
      return null;
    }

    private static boolean isIntermediate(SmtpReply reply) {
      return reply.code() >= 300 && reply.code() < 400;
    }

    Map<EmailAddress, SmtpReply> refused(
        Map<EmailAddress, SmtpReply> untold, List<EmailAddress> told) {
      Map<EmailAddress, SmtpReply> refused = new LinkedHashMap<>(untold);
      for (int i = 0; i < toRecipients.size(); i++) {
        if (!toRecipients.get(i).isAccepted()) {
          refused.put(told.get(i), toRecipients.get(i));
        }
      }
      return refused;
    }

    /** Why the mail goes to nobody although its sender may send; null when it may yet go. */
    @Nullable SmtpReply refusal(int recipients) {
      if (last().code() == CLOSING) {
        return last();
      }
      if (toRecipients.size() == recipients && !isForSomebody()) {
        return toRecipients.get(recipients - 1);
      }
      return toData == null || toData.isAccepted() ? null : toData;
    }

    Then then() {
      if (last().code() == CLOSING) {
        return Then.LEAVE;
      }
      if (toData == null || !toData.isAccepted()) {
        return Then.RESET;
      }
      return isForSomebody() ? Then.LEAVE : Then.END_NOTHING;
    }

    private boolean isForSomebody() {
      for (SmtpReply reply : toRecipients) {
        if (reply.isAccepted()) {
          return true;
        }
      }
      return false;
    }
  }
}
