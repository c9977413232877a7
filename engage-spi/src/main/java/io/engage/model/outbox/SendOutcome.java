package io.engage.model.outbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import java.util.Map;

/** What became of one attempt to send one mail. */
public sealed interface SendOutcome {

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
   */
  record Refused(SmtpReply reply, Map<EmailAddress, SmtpReply> refused) implements SendOutcome {
    public Refused {
      requireNonNull(reply, "reply");
      refused = Map.copyOf(refused);
    }

    @Override
    public String toString() {
      return "Refused[%s]".formatted(reply.codes());
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
