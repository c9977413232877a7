package io.engage.core.answering;

import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.HeaderField;
import io.engage.model.message.Message;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.Reply;
import io.engage.model.message.RfcMessageId;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides the mail that answers a message (RFC 5322 section 3.6.4). */
public final class Answering {
  private static final int MOST_REFERENCES = 50;
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT);

  private final boolean numbersInSubjects;

  /**
   * @param numbersInSubjects whether the subject carries the number of the conversation
   */
  public Answering(boolean numbersInSubjects) {
    this.numbersInSubjects = numbersInSubjects;
  }

  /**
   * @param history what there was to read in the message answered; quoted when the reply wants it
   * @param inbox the one that answers
   * @param ours all our inboxes; none of them gets it
   * @param messageId signed for the conversation
   * @return empty when nobody would get it
   */
  public Optional<OutboundMessage> decide(
      Reply reply,
      Message answered,
      String history,
      Inbox inbox,
      List<Inbox> ours,
      RfcMessageId messageId,
      OffsetDateTime now) {
    Recipients recipients = Recipients.decide(answered, reply, ours);
    if (recipients.isEmpty()) {
      return Optional.empty();
    }
    RfcMessageId parent = answered.headers().messageId();
    return Optional.of(
        new OutboundMessage(
            messageId,
            now,
            inbox.sender(),
            recipients.to(),
            recipients.cc(),
            recipients.bcc(),
            List.<NamedAddress>of(),
            numbered(subject(answered.headers().subject()), answered),
            reply.withHistory() ? reply.text() + quoted(answered, history) : reply.text(),
            null,
            parent == null ? List.of() : List.of(parent),
            references(answered),
            List.<HeaderField>of(),
            reply.attachments()));
  }

  /** A number of another conversation gives way, so that the answer to this one finds here. */
  private String numbered(String subject, Message answered) {
    return numbersInSubjects
        ? ConversationNumber.removeFrom(subject)
            + ' '
            + ConversationNumber.of(answered.conversation()).inSubject()
        : subject;
  }

  /** One {@code Re:} is enough, whoever put it there. */
  static String subject(String subject) {
    String clean = withoutControls(subject).strip();
    return clean.regionMatches(true, 0, "re:", 0, 3) ? clean : "Re: " + clean;
  }

  /** The first and the newest ones, as long as a header should be. */
  static List<RfcMessageId> references(Message answered) {
    List<RfcMessageId> all = new ArrayList<>(answered.headers().references());
    if (all.isEmpty()) {
      all.addAll(answered.headers().inReplyTo());
    }
    RfcMessageId parent = answered.headers().messageId();
    if (parent != null) {
      all.remove(parent);
      all.add(parent);
    }
    if (all.size() <= MOST_REFERENCES) {
      return all;
    }
    List<RfcMessageId> some = new ArrayList<>(List.of(all.get(0)));
    some.addAll(all.subList(all.size() - MOST_REFERENCES + 1, all.size()));
    return some;
  }

  private static String quoted(Message answered, String history) {
    StringBuilder below = new StringBuilder("\n\n");
    below.append("On ").append(when(answered)).append(", ").append(author(answered));
    below.append(" wrote:\n");
    history
        .strip()
        .lines()
        .forEach(line -> below.append(line.startsWith(">") ? ">" : "> ").append(line).append('\n'));
    return below.toString();
  }

  private static String when(Message answered) {
    OffsetDateTime date = answered.headers().date();
    return WHEN.format(date == null ? answered.at().atOffset(ZoneOffset.UTC) : date);
  }

  private static String author(Message answered) {
    return answered.headers().from().stream()
        .findFirst()
        .map(NamedAddress::label)
        .orElse("the sender");
  }

  private static String withoutControls(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
