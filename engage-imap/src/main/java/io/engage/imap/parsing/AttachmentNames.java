package io.engage.imap.parsing;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names for files whose sender gave them none. */
final class AttachmentNames {
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "text/plain", ".txt",
          "text/html", ".html",
          "text/calendar", ".ics",
          "text/vcard", ".vcf",
          "application/ics", ".ics",
          "application/ms-tnef", ".dat",
          "application/octet-stream", ".bin");

  private static final Map<String, String> NAMES =
      Map.of(
          "message/delivery-status", "delivery-status.txt",
          "message/global-delivery-status", "delivery-status.txt",
          "message/disposition-notification", "disposition-notification.txt",
          "message/global-disposition-notification", "disposition-notification.txt",
          "message/feedback-report", "feedback-report.txt",
          "text/rfc822-headers", "headers.txt",
          "message/global-headers", "headers.txt",
          "text/calendar", "invite.ics",
          "application/ics", "invite.ics");

  private static final int LONGEST_SUBJECT = 100;
  private static final Pattern SUBJECT =
      Pattern.compile(
          "^subject[ \\t]{0,9}:(.{0,2000}(?:\\n[ \\t].{0,1000}){0,20})",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern UNFIT = Pattern.compile("[/\\\\:*?\"<>|]");

  private AttachmentNames() {}

  /**
   * The name the sender gave, else one that says what it is.
   *
   * @param subject of the mail within; empty for other files
   */
  static String of(PartHead head, String subject) {
    String given = head.fileName();
    boolean mail = LeafKind.isEmbeddedMail(head);
    if (given == null || given.isBlank()) {
      return mail ? (subject.isEmpty() ? "message" : subject) + ".eml" : byType(head);
    }
    return mail && given.lastIndexOf('.') < given.length() - 5 ? given + ".eml" : given;
  }

  private static String byType(PartHead head) {
    String known = NAMES.get(head.type());
    return known != null ? known : head.getMediaType() + extension(head);
  }

  /** The subject in the header of a mail, fit for the name of a file; empty when it has none. */
  static String subjectIn(String header) {
    Matcher matcher = SUBJECT.matcher(header);
    String raw = matcher.find() ? matcher.group(1) : "";
    String decoded = EncodedWords.decode(raw.replace('\n', ' ')).strip();
    String named = UNFIT.matcher(decoded).replaceAll("-").strip();
    int length = Math.min(named.length(), LONGEST_SUBJECT);
    return named.substring(0, named.offsetByCodePoints(0, named.codePointCount(0, length))).strip();
  }

  private static String extension(PartHead head) {
    String subtype = head.getSubType();
    boolean plain = subtype.length() <= 5 && subtype.chars().allMatch(Character::isLetterOrDigit);
    return EXTENSIONS.getOrDefault(head.type(), plain ? '.' + subtype : "");
  }
}
