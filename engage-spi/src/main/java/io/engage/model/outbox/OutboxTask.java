package io.engage.model.outbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Blob;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that is owed to a mail server or to the gateway of text messages. */
public sealed interface OutboxTask {

  /** The name under which this task is stored. A literal, for ever. */
  String code();

  /**
   * Whether doing it twice does no harm. What is not repeatable is marked as attempted before it is
   * tried, and never tried again when the attempt was cut short.
   */
  boolean isRepeatable();

  /** The message that this sends; empty when it sends none. */
  default Optional<MessageId> findSent() {
    if (this instanceof SendMail mail) {
      return Optional.of(mail.message());
    }
    return this instanceof SendSms sms ? Optional.of(sms.message()) : Optional.empty();
  }

  /**
   * Send a mail of ours.
   *
   * @param message which one
   * @param messageId its Message-ID, fixed before the first try
   * @param sender the envelope sender (RFC 5321 MAIL FROM); null for the empty one, which automatic
   *     answers have so that nothing answers them (RFC 3834 section 3.3)
   * @param recipients who still has to get it
   * @param source its bytes, as they go out
   */
  record SendMail(
      MessageId message,
      RfcMessageId messageId,
      @Nullable EmailAddress sender,
      List<EmailAddress> recipients,
      Blob source)
      implements OutboxTask {
    public SendMail {
      requireNonNull(message, "message");
      requireNonNull(messageId, "messageId");
      requireNonNull(source, "source");
      recipients = List.copyOf(recipients);
      if (recipients.isEmpty()) {
        throw new IllegalArgumentException(
            "Message '%s' cannot be sent to nobody".formatted(message.value()));
      }
    }

    public SendMail withRecipients(List<EmailAddress> remaining) {
      return new SendMail(message, messageId, sender, remaining, source);
    }

    @Override
    public String code() {
      return "send-mail";
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public String toString() {
      return "SendMail[%s, %d recipients]".formatted(message.value(), recipients.size());
    }
  }

  /** Put a copy of a sent mail into the Sent folder. Its Message-ID tells whether it is there. */
  record CopyToSent(MessageId message, RfcMessageId messageId, Blob source, Instant sentAt)
      implements OutboxTask {
    public CopyToSent {
      requireNonNull(message, "message");
      requireNonNull(messageId, "messageId");
      requireNonNull(source, "source");
      requireNonNull(sentAt, "sentAt");
    }

    @Override
    public String code() {
      return "copy-to-sent";
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }

  /** Delete the copy of a sent mail that was erased. Its Message-ID tells which it is. */
  record DeleteFromSent(RfcMessageId messageId) implements OutboxTask {
    public DeleteFromSent {
      requireNonNull(messageId, "messageId");
    }

    @Override
    public String code() {
      return "delete-from-sent";
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }

  /**
   * Send a text message of ours. The gateway recognises a repeat by the message's id.
   *
   * @param source its text in UTF-8
   */
  record SendSms(MessageId message, PhoneNumber from, PhoneNumber to, Blob source, Purpose purpose)
      implements OutboxTask {
    /** What it is for, and so whose consent it needs. */
    public enum Purpose {
      /** What an agent wrote: goes only to who has agreed. */
      CONVERSATION("conversation"),
      /** Asks for consent: goes to everybody but who has refused. */
      OPT_IN_REQUEST("opt-in-request"),
      /** Answers a keyword such as STOP or HELP: always goes. */
      KEYWORD_ANSWER("keyword-answer");

      private final String code;

      Purpose(String code) {
        this.code = code;
      }

      /** The name under which it is stored, for ever. */
      public String code() {
        return code;
      }
    }

    public SendSms {
      requireNonNull(purpose, "purpose");
      requireNonNull(message, "message");
      requireNonNull(from, "from");
      requireNonNull(to, "to");
      requireNonNull(source, "source");
    }

    @Override
    public String code() {
      return "send-sms";
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public String toString() {
      return "SendSms[%s]".formatted(message.value());
    }
  }

  /** Have calls to one of our text numbers forwarded to the shop's line. */
  record ForwardCalls(PhoneNumber number, PhoneNumber to) implements OutboxTask {
    public ForwardCalls {
      requireNonNull(number, "number");
      requireNonNull(to, "to");
    }

    @Override
    public String code() {
      return "forward-calls";
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }

  /** Set or clear {@code \Seen} on mails. */
  record MarkSeen(Set<ServerUid> uids, boolean seen) implements OutboxTask {
    public MarkSeen {
      uids = Set.copyOf(uids);
    }

    @Override
    public String code() {
      return "mark-seen";
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }

  /** Delete mails for good: those and no others. */
  record DeleteOnServer(Set<ServerUid> uids) implements OutboxTask {
    public DeleteOnServer {
      uids = Set.copyOf(uids);
    }

    @Override
    public String code() {
      return "delete-on-server";
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }
}
