package io.engage.core.receiving;

import io.engage.core.classifying.SmsText;
import io.engage.core.ruling.RuledMessage;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Attachment;
import io.engage.model.message.Channel;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.ParsedMail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail or a text as rules are asked about it, when it arrives and when they are tried on past
 * mail.
 *
 * @param sms what it is as a text message; null when it is none
 * @param visible what the person wrote now, without the history quoted
 * @param size of all of it, in bytes
 */
public record Questionable(
    ParsedMail parsed, @Nullable SmsText sms, String visible, long size, Instant receivedAt) {

  /** A text message that came through no mail is nothing but its text. */
  public static Questionable ofText(PhoneNumber number, String text, long size, Instant at) {
    ParsedMail nothing =
        new ParsedMail(
            MailHeaders.EMPTY, List.of(), "text/plain", "", null, List.of(), List.of(), List.of());
    return new Questionable(nothing, new SmsText(number, text), text, size, at);
  }

  public RuledMessage in(Inbox inbox, boolean senderIsKnown) {
    MailHeaders headers = parsed.headers();
    return new RuledMessage(
        sms == null ? words(headers.from()) : List.of(sms.number().value()),
        words(headers.to(), headers.cc()),
        headers.subject(),
        sms == null ? visible : sms.text(),
        sms == null ? parsed.fields() : List.of(),
        parsed.attachments().stream()
            .filter(Questionable::isFile)
            .map(file -> file.name().value())
            .toList(),
        size,
        senderIsKnown,
        inbox.settings().schedule().isOpenAt(receivedAt),
        sms == null ? Channel.EMAIL : Channel.SMS);
  }

  @Override
  public String toString() {
    return "Questionable[%d bytes]".formatted(size);
  }

  private static boolean isFile(Attachment attachment) {
    return !attachment.inline() || !attachment.contentType().startsWith("image/");
  }

  private static List<String> words(List<NamedAddress> people) {
    return words(people, List.of());
  }

  private static List<String> words(List<NamedAddress> some, List<NamedAddress> others) {
    List<String> words = new ArrayList<>(2 * (some.size() + others.size()));
    some.forEach(each -> addWords(each, words));
    others.forEach(each -> addWords(each, words));
    return words;
  }

  private static void addWords(NamedAddress each, List<String> words) {
    words.add(each.address().value());
    if (!each.name().isEmpty()) {
      words.add(each.name());
    }
  }
}
