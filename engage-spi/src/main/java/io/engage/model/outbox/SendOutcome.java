package io.engage.model.outbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import java.util.Map;

/** What became of one attempt to send one mail. */
public sealed interface SendOutcome {

  /** How far a mail had come when it was refused. */
  enum Stage {
    /** The server does not take mail from this sender: MAIL. No recipient was named yet. */
    SENDER,
    /** Recipients were named, and none was taken: RCPT. */
    RECIPIENT,
    /** Somebody was taken, and then the mail was not: DATA, or the end of the content. */
    CONTENT
  }

  /**
   * The server took responsibility for every recipient that is not named here.
   *
   * @param refused those that it did not take, each with its answer
   */
  record Accepted(SmtpReply reply, Map<EmailAddress, SmtpReply> refused) implements SendOutcome {
    public Accepted {
      requireNonNull(reply, "reply");
      refused = Map.copyOf(refused);
    }

    @Override
    public String toString() {
      return "Accepted[%s, %d refused]".formatted(reply.codes(), refused.size());
    }
  }

  /**
   * The server took it for nobody, and said so.
   *
   * @param reply to the whole mail, or to its last recipient
   * @param refused the answers to single recipients, as far as it came to that
   * @param stage what {@code reply} answered, and so whom it is about
   */
  record Refused(SmtpReply reply, Map<EmailAddress, SmtpReply> refused, Stage stage)
      implements SendOutcome {
    public Refused {
      requireNonNull(reply, "reply");
      requireNonNull(stage, "stage");
      refused = Map.copyOf(refused);
    }

    /** Where recipients have answers, the last of them was refused; else the mail itself. */
    public Refused(SmtpReply reply, Map<EmailAddress, SmtpReply> refused) {
      this(reply, refused, refused.isEmpty() ? Stage.CONTENT : Stage.RECIPIENT);
    }

    @Override
    public String toString() {
      return "Refused[%s, %s]".formatted(reply.codes(), stage);
    }
  }

  /**
   * It never got as far as the end of the mail: the connection failed, or the login. Nobody has it.
   *
   * @param reason in plain words
   */
  record NothingSent(String reason) implements SendOutcome {
    public NothingSent {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The whole mail went out and no answer came. Nobody can know whether it was taken; it must not
   * be sent again without a decision (RFC 5321 section 4.5.3.2.6, RFC 1047).
   *
   * @param reason in plain words
   */
  record InDoubt(String reason) implements SendOutcome {
    public InDoubt {
      requireNonNull(reason, "reason");
    }
  }
}
