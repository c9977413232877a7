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

/**
 * Complaints in the Abuse Reporting Format (RFC 5965), and in the form of Hotmail: the mail itself,
 * returned with a field that names the recipient.
 */
final class FeedbackReports {
  private static final String HOTMAIL_RECIPIENT = "x-hmxmroriginalrecipient";
  private static final String HOTMAIL_SUBJECT = "complaint about message from ";

  private static final List<String> DESKS =
      List.of("complaint", "feedback", "fbl", "abuse", "arf", "scomp", "spamreport", "spam-report");

  private FeedbackReports() {}

  static Optional<Complaint> find(ParsedMail mail, Fields fields, Sender sender) {
    boolean report = ReportForm.isReport(mail);
    return mail.reports().stream()
        .filter(part -> report || sender.isMailSystem() || isDesk(sender))
        .filter(part -> part.contentType().equals("message/feedback-report"))
        .findFirst()
        .map(part -> complaint(part, mail))
        .or(() -> hotmail(mail, fields));
  }

  /** Who sends such reports, also as an ordinary mail; people who forward one are others. */
  private static boolean isDesk(Sender sender) {
    return DESKS.stream().anyMatch(sender.local()::contains);
  }

  /** Every mail at Hotmail has that field, so the report has to say that it is one. */
  private static Optional<Complaint> hotmail(ParsedMail mail, Fields fields) {
    String subject = mail.headers().subject().strip();
    boolean report = subject.regionMatches(true, 0, HOTMAIL_SUBJECT, 0, HOTMAIL_SUBJECT.length());
    if (!report && !fields.has(HOTMAIL_RECIPIENT)) {
      return Optional.empty();
    }
    return ReturnedMail.findHeader(mail)
        .map(header -> hotmail(header, fields))
        .filter(complaint -> !complaint.recipients().isEmpty());
  }

  private static Complaint hotmail(FieldBlock header, Fields fields) {
    Set<String> recipients = new LinkedHashSet<>();
    header.all(HOTMAIL_RECIPIENT).forEach(v -> recipients.addAll(ReturnedMail.findAddresses(v)));
    fields.all(HOTMAIL_RECIPIENT).forEach(v -> recipients.addAll(ReturnedMail.findAddresses(v)));
    return new Complaint(
        "abuse", List.copyOf(recipients), ReturnedMail.fromHeader(header).messageId());
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
