package io.engage.core.classifying;

import io.engage.model.message.ParsedMail;
import io.engage.model.message.ReportPart;
import io.engage.model.message.RfcMessageId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Complaints in the Abuse Reporting Format (RFC 5965). */
final class FeedbackReports {
  private FeedbackReports() {}

  static Optional<Complaint> find(ParsedMail mail, Sender sender) {
    boolean report = mail.contentType().toLowerCase(Locale.ROOT).startsWith("multipart/report");
    return mail.reports().stream()
        .filter(part -> report || sender.isMailSystem())
        .filter(part -> part.contentType().equals("message/feedback-report"))
        .findFirst()
        .map(part -> complaint(part, mail));
  }

  private static Complaint complaint(ReportPart part, ParsedMail mail) {
    FieldBlock fields = FieldBlock.header(part.text());
    ReturnedMail returned = ReturnedMail.of(mail);
    return new Complaint(
        fields.find("feedback-type").orElse("abuse").toLowerCase(Locale.ROOT),
        recipients(fields, returned),
        originalMessageId(fields, returned));
  }

  /** Original-Rcpt-To, else whom the returned mail was addressed to; often both are left out. */
  private static List<String> recipients(FieldBlock fields, ReturnedMail returned) {
    Set<String> found = new LinkedHashSet<>();
    for (String name : List.of("original-rcpt-to", "removal-recipient", "redacted-address")) {
      fields.all(name).forEach(value -> found.addAll(ReturnedMail.findAddresses(value)));
    }
    return List.copyOf(found.isEmpty() ? returned.recipients() : found);
  }

  private static @Nullable RfcMessageId originalMessageId(
      FieldBlock fields, ReturnedMail returned) {
    return returned.messageId() != null
        ? returned.messageId()
        : fields
            .find("original-message-id")
            .or(() -> fields.find("message-id"))
            .flatMap(ReturnedMail::findMessageId)
            .orElse(null);
  }
}
