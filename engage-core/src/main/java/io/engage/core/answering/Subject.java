package io.engage.core.answering;

import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import java.util.regex.Pattern;

/** Decides what stands in Subject. */
final class Subject {
  private static final Pattern FORWARDED = Pattern.compile("(?i)^fwd:\\s*");

  private Subject() {}

  /** One {@code Re:} is enough, whoever put it there. */
  static String answering(String subject) {
    String clean = oneLine(subject).strip();
    return clean.regionMatches(true, 0, "re:", 0, 3) ? clean : "Re: " + clean;
  }

  /** One {@code FWD: }; the number stays with the conversation that it is of. */
  static String forwarding(String subject) {
    String clean = ConversationNumber.removeFrom(oneLine(subject)).strip();
    return "FWD: " + FORWARDED.matcher(clean).replaceFirst("");
  }

  /** For a new conversation. */
  static String anew(String subject) {
    return ConversationNumber.removeFrom(oneLine(subject)).strip();
  }

  /** A number of another conversation gives way, so that the answer to this one finds here. */
  static String numbered(String subject, ConversationId conversation) {
    String plain = ConversationNumber.removeFrom(oneLine(subject));
    return (plain + ' ' + ConversationNumber.of(conversation).inSubject()).strip();
  }

  static String oneLine(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
