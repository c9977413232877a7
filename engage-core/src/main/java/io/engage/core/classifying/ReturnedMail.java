package io.engage.core.classifying;

import io.engage.model.message.ParsedMail;
import io.engage.model.message.RfcMessageId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a report gives back of the mail that it is about. */
record ReturnedMail(@Nullable RfcMessageId messageId, List<String> recipients) {
  private static final ReturnedMail NONE = new ReturnedMail(null, List.of());
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_DOMAIN = 255;
  private static final Pattern MESSAGE_ID_LABEL =
      Pattern.compile(
          "(?i:[^\\n]{0,60}?(?:message[- ]?id|nachrichten-?id|id (?:du message|del mensaje|del messaggio"
              + "|messaggio|da mensagem)|bericht-id)\\s?[:=](.{0,2000}))");
  private static final int LONGEST_FIELD = 20_000;

  ReturnedMail {
    recipients = List.copyOf(recipients);
  }

  /** From the returned mail or its header, which a report carries as a part of its own. */
  static ReturnedMail of(ParsedMail report) {
    return report.reports().stream()
        .filter(part -> isReturned(part.contentType()))
        .map(part -> fromHeader(FieldBlock.header(part.text())))
        .filter(returned -> returned.messageId != null || !returned.recipients.isEmpty())
        .findFirst()
        .orElse(NONE);
  }

  /** The header of the first mail that a report returns. */
  static Optional<FieldBlock> findHeader(ParsedMail report) {
    return report.reports().stream()
        .filter(part -> isReturned(part.contentType()))
        .map(part -> FieldBlock.header(part.text()))
        .findFirst();
  }

  static ReturnedMail fromHeader(FieldBlock fields) {
    return new ReturnedMail(
        fields.find("message-id").flatMap(ReturnedMail::findMessageId).orElse(null),
        fields.all("to").stream().flatMap(to -> findAddresses(to).stream()).toList());
  }

  /** From the copy below a report, or from what the report says about it. */
  static ReturnedMail inText(List<String> copy, List<String> report) {
    List<String> to =
        copy.stream()
            .map(ReturnedMail::unquoted)
            .filter(line -> line.regionMatches(true, 0, "to:", 0, 3))
            .limit(1)
            .flatMap(line -> findAddresses(line).stream())
            .toList();
    RfcMessageId below = messageIdLine(copy);
    return new ReturnedMail(below != null ? below : messageIdLine(report), to);
  }

  /** A field of the header, or what a report says: "* Message-ID: <…>", "ID du message : <…>". */
  static @Nullable RfcMessageId messageIdLine(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher label = MESSAGE_ID_LABEL.matcher(unquoted(lines.get(i)));
      if (label.lookingAt()) {
        String next = i + 1 < lines.size() ? unquoted(lines.get(i + 1)) : "";
        String value = label.group(1).strip();
        Optional<RfcMessageId> found = messageIdIn(value.isEmpty() ? next : value);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return null;
  }

  /** Servers number their mails too, and call that a message id; ours have an at sign. */
  private static Optional<RfcMessageId> messageIdIn(String value) {
    return findMessageId(value).filter(id -> id.value().indexOf('@') > 0);
  }

  private static String unquoted(String line) {
    String stripped = line.strip();
    return stripped.startsWith(">") ? stripped.substring(1).strip() : stripped;
  }

  /** Exchange, Gmail and others answer the mail that came back, or name it in a field. */
  static @Nullable RfcMessageId inReportsOwnHeader(ParsedMail mail) {
    if (!mail.headers().inReplyTo().isEmpty()) {
      return mail.headers().inReplyTo().get(0);
    }
    List<RfcMessageId> references = mail.headers().references();
    return references.isEmpty() ? null : references.get(references.size() - 1);
  }

  ReturnedMail orElse(ReturnedMail other) {
    return new ReturnedMail(
        messageId != null ? messageId : other.messageId,
        recipients.isEmpty() ? other.recipients : recipients);
  }

  static Optional<RfcMessageId> findMessageId(String text) {
    return RfcMessageId.parse(
        text.length() > LONGEST_FIELD ? text.substring(0, LONGEST_FIELD) : text);
  }

  /** The e-mail addresses in {@code text}, each once. */
  static Set<String> findAddresses(String text) {
    int length = Math.min(text.length(), LONGEST_FIELD);
    Set<String> found = new LinkedHashSet<>();
    int last = 0;
    for (int at = text.indexOf('@'); at >= 0 && at < length; at = text.indexOf('@', at + 1)) {
      int from = startOfWord(text, Math.max(last, at - LONGEST_LOCAL_PART), at);
      int to = endOfWord(text, at + 1, Math.min(length, at + 1 + LONGEST_DOMAIN));
      if (from < at && to > at + 1) {
        found.add(trimmed(text.substring(from, to)));
        last = to;
      }
    }
    return found;
  }

  private static int startOfWord(String text, int first, int end) {
    int start = end;
    while (start > first && isWord(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int endOfWord(String text, int start, int last) {
    int end = start;
    while (end < last && isWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isWord(char c) {
    boolean wide = c >= '\u3000' && c <= '\u303f' || c >= '\uff00' && c <= '\uffef';
    return !Character.isWhitespace(c)
        && !wide
        && c != '\u00a0'
        && "<>@,;:\"()[]|«»“”„".indexOf(c) < 0;
  }

  private static String trimmed(String address) {
    int end = address.length();
    while (end > 0 && ".'*!?".indexOf(address.charAt(end - 1)) >= 0) {
      end--;
    }
    int start = address.startsWith("'") || address.startsWith("*") ? 1 : 0;
    return address.substring(Math.min(start, end), end);
  }

  private static boolean isReturned(String contentType) {
    return contentType.equals("message/rfc822")
        || contentType.equals("text/rfc822-headers")
        || contentType.equals("text/rfc822-header")
        || contentType.equals("text/rfc822")
        || contentType.equals("message/rfc822-headers")
        || contentType.equals("message/global")
        || contentType.equals("message/global-headers");
  }
}
