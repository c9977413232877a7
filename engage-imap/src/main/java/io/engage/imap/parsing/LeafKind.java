package io.engage.imap.parsing;

import java.util.Set;

/** What becomes of a leaf. */
enum LeafKind {
  TEXT,
  HTML,
  /** It is for programs. */
  REPORT,
  /** It is listed. */
  FILE;

  private static final Set<String> REPORTS =
      Set.of(
          "message/delivery-status",
          "message/global-delivery-status",
          "message/feedback-report",
          "message/disposition-notification",
          "message/global-disposition-notification",
          "text/rfc822-headers",
          "message/global-headers",
          // Not registered, but written by servers that return the header alone.
          "text/rfc822-header",
          "text/rfc822",
          "message/rfc822-headers",
          "text/calendar",
          "application/ics");
  private static final Set<String> EMBEDDED_MAILS =
      Set.of("message/rfc822", "message/global", "message/news");

  /** Text that nobody reads as such. */
  private static final Set<String> DATA =
      Set.of(
          "text/csv",
          "text/vcard",
          "text/x-vcard",
          "text/directory",
          "text/css",
          "text/javascript",
          "text/x-amp-html",
          "text/watch-html",
          "text/xml",
          "text/x-moz-deleted");

  /**
   * @param first whether nothing of the mail is shown so far: a body may have a file name
   * @param within the type of the multipart that the leaf stands in; empty when it is the mail
   */
  static LeafKind decide(PartHead head, boolean first, String within) {
    if (REPORTS.contains(head.type()) || isEmbeddedMail(head)) {
      return REPORT;
    }
    boolean text = head.getMediaType().equals("text") && !DATA.contains(head.type());
    boolean file = head.isAttachment() || (!first && isReferredTo(head, within));
    if (!text || file) {
      return FILE;
    }
    if (head.type().equals("text/html")) {
      return HTML;
    }
    boolean plain = head.type().equals("text/plain");
    return plain || !within.equals("multipart/alternative") ? TEXT : FILE;
  }

  static boolean isEmbeddedMail(PartHead head) {
    return EMBEDDED_MAILS.contains(head.type());
  }

  private static boolean isReferredTo(PartHead head, String within) {
    return head.fileName() != null
        || (head.contentId() != null && within.equals("multipart/related"));
  }
}
