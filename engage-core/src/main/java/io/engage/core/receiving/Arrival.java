package io.engage.core.receiving;

import io.engage.core.classifying.Answerable;
import io.engage.core.classifying.Classification;
import io.engage.core.consenting.Hearing;
import io.engage.core.consenting.Hearing.Speech;
import io.engage.core.ruling.RuledMessage;
import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.TrustLevel;
import io.engage.model.sms.SmsPolicy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One mail from a server, as far as it could be had and read. */
public sealed interface Arrival {

  ServerUid uid();

  /**
   * It could be read.
   *
   * @param visible what the person wrote now, without the history quoted
   * @param origin the campaign for whose mail it came back; null for all other mail
   */
  record Readable(
      FetchedMail mail,
      ParsedMail parsed,
      Classification classification,
      String visible,
      @Nullable Origin origin)
      implements Arrival {

    public Readable(
        FetchedMail mail, ParsedMail parsed, Classification classification, String visible) {
      this(mail, parsed, classification, visible, null);
    }

    /** Come back for a mail of a campaign. */
    public Readable from(Origin campaign) {
      return new Readable(mail, parsed, classification, visible, campaign);
    }

    @Override
    public ServerUid uid() {
      return mail.uid();
    }

    /** Where its sender is reached: a number for an SMS, else the address in From. */
    Optional<Address> sender() {
      if (classification.sms() != null) {
        return Optional.of(classification.sms().number());
      }
      List<NamedAddress> from = parsed.headers().from();
      return from.isEmpty() ? Optional.empty() : Optional.of(from.get(0).address());
    }

    /** What it says about consent, if it is a text message. */
    Speech speech(SmsPolicy policy) {
      return classification.sms() == null
          ? Speech.ANYTHING_ELSE
          : Hearing.speech(classification.sms().text(), policy);
    }

    boolean isKeyword(SmsPolicy policy) {
      return speech(policy) == Speech.KEYWORD;
    }

    /** What rules may ask of it in one inbox. */
    RuledMessage forRules(Inbox inbox, boolean senderIsKnown) {
      return new Questionable(
              parsed, classification.sms(), visible, mail.source().size(), mail.receivedAt())
          .in(inbox, senderIsKnown);
    }

    /** Whoever forges a gateway's address speaks for no number; that is a mail as any other. */
    Readable believed(TrustLevel trust) {
      if (classification.sms() == null || trust != TrustLevel.SUSPICIOUS) {
        return this;
      }
      return new Readable(
          mail,
          parsed,
          new Classification(
              MessageKind.PERSON,
              "it looks like a text message, but its sender may be forged",
              new Answerable(false, "its sender may be forged"),
              null,
              null,
              null),
          visible,
          origin);
    }

    /** The earlier mails that it names in any way. */
    public Set<RfcMessageId> namedMessages() {
      Set<RfcMessageId> all = new LinkedHashSet<>(parsed.headers().ancestors());
      if (parsed.headers().messageId() != null) {
        all.add(parsed.headers().messageId());
      }
      about().ifPresent(all::add);
      return all;
    }

    /** The mail of ours that a report speaks of. */
    Optional<RfcMessageId> about() {
      if (classification.bounce() != null) {
        return Optional.ofNullable(classification.bounce().originalMessageId());
      }
      return classification.complaint() == null
          ? Optional.empty()
          : Optional.ofNullable(classification.complaint().originalMessageId());
    }
  }

  /**
   * It could not be had or read.
   *
   * @param mail its bytes; null when the server did not give them
   * @param reason in words without any of its content
   */
  record Unreadable(ServerUid uid, @Nullable FetchedMail mail, String reason) implements Arrival {}
}
