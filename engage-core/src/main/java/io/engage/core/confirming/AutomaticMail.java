package io.engage.core.confirming;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.HeaderField;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.RfcMessageId;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides the mail that answers by itself. It holds nothing that the other side wrote, neither
 * their subject nor their name: whoever writes in somebody else's name has nothing delivered to
 * them.
 */
public final class AutomaticMail {
  private static final List<HeaderField> AUTOMATIC =
      List.of(
          new HeaderField("Auto-Submitted", "auto-replied"),
          new HeaderField("X-Auto-Response-Suppress", "All"));

  private AutomaticMail() {}

  /** What the template gave. */
  public record Words(String subject, String text, @Nullable String html) {
    @Override
    public String toString() {
      return "Words[%d characters]".formatted(text.length());
    }
  }

  /**
   * @param own its Message-ID
   * @param answered the Message-ID of the mail that it answers; null when that has none
   */
  public static OutboundMessage decide(
      NamedAddress from,
      EmailAddress to,
      Words words,
      RfcMessageId own,
      @Nullable RfcMessageId answered,
      OffsetDateTime now) {
    List<RfcMessageId> parent = answered == null ? List.of() : List.of(answered);
    return new OutboundMessage(
        own,
        now,
        from,
        List.of(new NamedAddress("", to)),
        List.of(),
        List.of(),
        List.of(),
        oneLine(words.subject()),
        words.text(),
        words.html(),
        parent,
        parent,
        AUTOMATIC,
        List.of());
  }

  private static String oneLine(String subject) {
    return subject
        .codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }
}
