package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mail of ours, ready to be composed to bytes. It cannot carry a control character in any header,
 * and has at least one recipient.
 *
 * @param messageId fixed before the first attempt to send, so that a repeat is recognised
 * @param bcc told to the server only, never written into the mail
 * @param html beside the text; null for a text mail
 * @param extraFields further header fields, such as {@code Auto-Submitted}
 * @param calendar the invitation that goes with it; null for none
 */
public record OutboundMessage(
    RfcMessageId messageId,
    OffsetDateTime date,
    NamedAddress from,
    List<NamedAddress> to,
    List<NamedAddress> cc,
    List<NamedAddress> bcc,
    List<NamedAddress> replyTo,
    String subject,
    String text,
    @Nullable String html,
    List<RfcMessageId> inReplyTo,
    List<RfcMessageId> references,
    List<HeaderField> extraFields,
    List<OutboundAttachment> attachments,
    @Nullable OutboundCalendar calendar) {
  public OutboundMessage {
    requireNonNull(messageId, "messageId");
    requireNonNull(date, "date");
    requireNonNull(from, "from");
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    replyTo = List.copyOf(replyTo);
    requireNonNull(text, "text");
    inReplyTo = List.copyOf(inReplyTo);
    references = List.copyOf(references);
    extraFields = List.copyOf(extraFields);
    attachments = List.copyOf(attachments);
    if (!isOneLine(subject)) {
      throw broken("The subject");
    }
    for (HeaderField field : extraFields) {
      requireFieldName(field.name());
      if (!isOneLine(field.value())) {
        throw broken("The header field '" + field.name() + "'");
      }
    }
    if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
      throw new IllegalArgumentException(
          "A mail needs a recipient. Put somebody into to, cc or bcc.");
    }
  }

  /** A mail without an invitation. */
  public OutboundMessage(
      RfcMessageId messageId,
      OffsetDateTime date,
      NamedAddress from,
      List<NamedAddress> to,
      List<NamedAddress> cc,
      List<NamedAddress> bcc,
      List<NamedAddress> replyTo,
      String subject,
      String text,
      @Nullable String html,
      List<RfcMessageId> inReplyTo,
      List<RfcMessageId> references,
      List<HeaderField> extraFields,
      List<OutboundAttachment> attachments) {
    this(
        messageId,
        date,
        from,
        to,
        cc,
        bcc,
        replyTo,
        subject,
        text,
        html,
        inReplyTo,
        references,
        extraFields,
        attachments,
        null);
  }

  /** The same mail with this invitation. */
  public OutboundMessage with(OutboundCalendar invitation) {
    return new OutboundMessage(
        messageId,
        date,
        from,
        to,
        cc,
        bcc,
        replyTo,
        subject,
        text,
        html,
        inReplyTo,
        references,
        extraFields,
        attachments,
        invitation);
  }

  /** Everybody the server is told to deliver to, each once. */
  public Set<EmailAddress> envelopeRecipients() {
    Set<EmailAddress> all = new LinkedHashSet<>();
    to.forEach(each -> all.add(each.address()));
    cc.forEach(each -> all.add(each.address()));
    bcc.forEach(each -> all.add(each.address()));
    return all;
  }

  @Override
  public String toString() {
    return "OutboundMessage[%s, %d recipients]"
        .formatted(messageId.value(), envelopeRecipients().size());
  }

  private static boolean isOneLine(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (breaksHeader(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException broken(String what) {
    return new IllegalArgumentException(
        what + " has a line break or another control character. Remove it.");
  }

  private static boolean breaksHeader(int c) {
    return (Character.isISOControl(c) && c != '\t') || c == 0x2028 || c == 0x2029;
  }

  private static void requireFieldName(String name) {
    if (!isFieldName(name)) {
      throw new IllegalArgumentException(
          "A header field's name has printable ASCII characters without ':' only (RFC 5322"
              + " section 2.2)");
    }
  }

  private static boolean isFieldName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= 32 || c >= 127 || c == ':') {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
