package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail, read as well as it can be. Every mail gives one: what could not be understood is named in
 * the warnings, and every leaf of it is shown in the text or listed as an attachment.
 *
 * @param fields all header fields of the mail, outermost first, cut after 256 KiB
 * @param contentType of the whole mail, with its parameters
 * @param text the text parts that are meant to be read, in order; empty when the mail has only
 *     HTML; line ends are {@code \n}
 * @param html what there is to read as HTML; null when there is none
 * @param attachments every other leaf, in order
 * @param reports the parts that are meant for programs, in order
 * @param warnings what was odd about it, in words without any of its content
 */
public record ParsedMail(
    MailHeaders headers,
    List<HeaderField> fields,
    String contentType,
    String text,
    @Nullable UntrustedHtml html,
    List<Attachment> attachments,
    List<ReportPart> reports,
    List<String> warnings) {
  public ParsedMail {
    requireNonNull(headers, "headers");
    fields = List.copyOf(fields);
    requireNonNull(contentType, "contentType");
    requireNonNull(text, "text");
    attachments = List.copyOf(attachments);
    reports = List.copyOf(reports);
    warnings = List.copyOf(warnings);
  }

  /** The first field of this name, unfolded. */
  public Optional<String> findField(String name) {
    for (HeaderField field : fields) {
      if (field.is(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** All fields of this name, unfolded, outermost first. */
  public List<String> allFields(String name) {
    List<String> values = new ArrayList<>();
    for (HeaderField field : fields) {
      if (field.is(name)) {
        values.add(field.value());
      }
    }
    return List.copyOf(values);
  }

  @Override
  public String toString() {
    return "ParsedMail[%d characters, %d attachments, %d reports]"
        .formatted(text.length(), attachments.size(), reports.size());
  }
}
