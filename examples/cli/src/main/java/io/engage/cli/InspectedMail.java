package io.engage.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.core.ReadMail;
import io.engage.core.classifying.Bounce;
import io.engage.core.classifying.BouncedRecipient;
import io.engage.core.classifying.Classification;
import io.engage.core.classifying.Complaint;
import io.engage.core.classifying.SmsText;
import io.engage.core.folding.Fold;
import io.engage.core.folding.Folded;
import io.engage.core.sanitizing.SafeHtml;
import io.engage.model.address.NamedAddress;
import io.engage.model.message.Attachment;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.RfcMessageId;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mail as {@code inspect} and {@code sync --print} write it. */
final class InspectedMail {
  private InspectedMail() {}

  /** Adds what is known of {@code mail} to {@code object}; what does not apply is null. */
  static void write(ReadMail mail, ObjectNode object) {
    writeKind(mail.classification(), object);
    writeHeaders(mail.mail().headers(), object);
    object.put("text", mail.text());
    writeFolded(mail.folded(), object);
    SafeHtml html = mail.html();
    object.put("html", html == null ? null : html.value());
    object.put("blockedRemoteImages", html == null ? 0 : html.blockedRemoteImages());
    ArrayNode attachments = object.putArray("attachments");
    mail.mail().attachments().forEach(each -> writeAttachment(each, attachments.addObject()));
    writeReports(mail.classification(), object);
    ArrayNode warnings = object.putArray("warnings");
    mail.mail().warnings().forEach(warnings::add);
  }

  private static void writeKind(Classification classification, ObjectNode object) {
    object.put("kind", classification.kind().code());
    object.put("evidence", classification.evidence());
    object
        .putObject("answerable")
        .put("allowed", classification.answerable().allowed())
        .put("reason", classification.answerable().reason());
  }

  private static void writeHeaders(MailHeaders headers, ObjectNode object) {
    object.put("messageId", value(headers.messageId()));
    writeAddresses(headers.from(), object.putArray("from"));
    writeAddresses(headers.to(), object.putArray("to"));
    writeAddresses(headers.cc(), object.putArray("cc"));
    writeAddresses(headers.replyTo(), object.putArray("replyTo"));
    object.put("subject", headers.subject());
    OffsetDateTime date = headers.date();
    object.put("date", date == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(date));
    List<RfcMessageId> answered = headers.inReplyTo();
    object.put("inReplyTo", answered.isEmpty() ? null : answered.get(0).value());
    ArrayNode references = object.putArray("references");
    headers.references().forEach(id -> references.add(id.value()));
  }

  private static void writeAddresses(List<NamedAddress> addresses, ArrayNode array) {
    for (NamedAddress each : addresses) {
      array.addObject().put("name", each.name()).put("address", each.address().value());
    }
  }

  private static void writeFolded(Folded folded, ObjectNode object) {
    object.put("visible", folded.visible());
    ArrayNode folds = object.putArray("folds");
    for (Fold fold : folded.folds()) {
      folds.addArray().add(fold.from()).add(fold.to());
    }
  }

  private static void writeAttachment(Attachment attachment, ObjectNode object) {
    object
        .put("name", attachment.name().value())
        .put("contentType", attachment.contentType())
        .put("size", attachment.size())
        .put("sha256", attachment.sha256().value())
        .put("inline", attachment.inline())
        .put("contentId", attachment.contentId());
  }

  private static void writeReports(Classification classification, ObjectNode object) {
    Bounce bounce = classification.bounce();
    Complaint complaint = classification.complaint();
    SmsText sms = classification.sms();
    object.putNull("bounce").putNull("complaint").putNull("sms");
    if (bounce != null) {
      writeBounce(bounce, object.putObject("bounce"));
    }
    if (complaint != null) {
      writeComplaint(complaint, object.putObject("complaint"));
    }
    if (sms != null) {
      object.putObject("sms").put("number", sms.number().value()).put("text", sms.text());
    }
  }

  private static void writeBounce(Bounce bounce, ObjectNode object) {
    object.put("originalMessageId", value(bounce.originalMessageId()));
    ArrayNode recipients = object.putArray("recipients");
    for (BouncedRecipient each : bounce.recipients()) {
      recipients
          .addObject()
          .put("address", each.address())
          .put("action", each.action())
          .put("status", each.status())
          .put("replyCode", each.replyCode())
          .put("diagnostic", each.diagnostic())
          .put("category", each.category().code())
          .put("permanent", each.permanent());
    }
  }

  private static void writeComplaint(Complaint complaint, ObjectNode object) {
    object.put("type", complaint.type());
    ArrayNode recipients = object.putArray("recipients");
    complaint.recipients().forEach(recipients::add);
    object.put("originalMessageId", value(complaint.originalMessageId()));
  }

  private static @Nullable String value(@Nullable RfcMessageId id) {
    return id == null ? null : id.value();
  }
}
