package io.engage.core.answering;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.HeaderField;
import io.engage.model.message.Message;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.RfcMessageId;
import io.engage.model.writing.Draft;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Decides the mail that a draft becomes (RFC 5322 section 3.6.4). Preview and sending ask the same
 * question, so what was shown is what goes out.
 */
public final class Answering {
  private static final int MOST_REFERENCES = 50;

  private final boolean numbersInSubjects;

  /**
   * @param numbersInSubjects whether the subject carries the number of the conversation
   */
  public Answering(boolean numbersInSubjects) {
    this.numbersInSubjects = numbersInSubjects;
  }

  /**
   * @param messageId signed for the conversation
   * @return empty when nobody would get it
   */
  public Optional<OutboundMessage> decide(
      Letter letter, RfcMessageId messageId, OffsetDateTime date) {
    Recipients recipients =
        Recipients.of(
            letter.content().to(), letter.content().cc(), letter.content().bcc(), letter.ours());
    if (recipients.isEmpty()) {
      return Optional.empty();
    }
    Body body = body(letter);
    Message answered = letter.isAnswer() ? letter.about() : null;
    return Optional.of(
        new OutboundMessage(
            messageId,
            date,
            letter.inbox().sender(),
            recipients.to(),
            recipients.cc(),
            recipients.bcc(),
            List.<NamedAddress>of(),
            subject(letter),
            body.text(),
            body.html(),
            parent(answered),
            answered == null ? List.of() : references(answered),
            List.<HeaderField>of(),
            files(letter.files(), body.html())));
  }

  private String subject(Letter letter) {
    String subject = Subject.oneLine(letter.content().subject()).strip();
    if (numbersInSubjects) {
      return Subject.numbered(subject, letter.conversation());
    }
    return letter.isAnswer() ? subject : Subject.anew(subject);
  }

  private static Body body(Letter letter) {
    Message about = letter.about();
    if (about == null || !letter.content().withHistory()) {
      return Body.joined(own(letter));
    }
    boolean plain = isPlain(letter);
    Body history =
        letter.kind() == Draft.Kind.FORWARD
            ? Quoting.forwarded(about, letter.history())
            : Quoting.answered(about, letter.history());
    Body shown = plain && letter.kind() != Draft.Kind.FORWARD ? Body.of(history.text()) : history;
    List<Body> all = new ArrayList<>(own(letter));
    all.add(shown);
    return Body.joined(all);
  }

  private static boolean isPlain(Letter letter) {
    return letter.written().html() == null && letter.signature().html() == null;
  }

  /** What we say; the invitation makes no HTML of a mail that is plain text. */
  private static List<Body> own(Letter letter) {
    Body invitation = letter.invitation();
    return List.of(
        letter.written(),
        letter.signature(),
        isPlain(letter) ? Body.of(invitation.text()) : invitation);
  }

  /** An image that the HTML does not show stands beside the text, so that it is not lost. */
  private static List<OutboundAttachment> files(
      List<OutboundAttachment> files, @Nullable String html) {
    String shown = html == null ? "" : Parser.unescapeEntities(html, true);
    return files.stream()
        .map(file -> shown.contains("cid:" + file.contentId()) ? file : file.besideText())
        .toList();
  }

  private static List<RfcMessageId> parent(@Nullable Message answered) {
    RfcMessageId parent = answered == null ? null : answered.headers().messageId();
    return parent == null ? List.of() : List.of(parent);
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
}
