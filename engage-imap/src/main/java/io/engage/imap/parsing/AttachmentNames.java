package io.engage.imap.parsing;

import java.util.Map;

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

  private AttachmentNames() {}

  /** The name the sender gave, else one that says what it is. */
  static String of(PartHead head) {
    String given = head.fileName();
    boolean mail = LeafKind.isEmbeddedMail(head);
    if (given == null || given.isBlank()) {
      return mail ? "message.eml" : head.getMediaType() + extension(head);
    }
    return mail && given.lastIndexOf('.') < given.length() - 5 ? given + ".eml" : given;
  }

  private static String extension(PartHead head) {
    String subtype = head.getSubType();
    boolean plain = subtype.length() <= 5 && subtype.chars().allMatch(Character::isLetterOrDigit);
    return EXTENSIONS.getOrDefault(head.type(), plain ? '.' + subtype : "");
  }
}
