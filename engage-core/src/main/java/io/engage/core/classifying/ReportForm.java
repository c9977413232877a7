package io.engage.core.classifying;

import io.engage.model.message.ParsedMail;
import java.util.Locale;

/** Whether a mail calls itself a report to people and programs (RFC 6522). */
final class ReportForm {
  private static final String TYPE = "multipart/report";

  private ReportForm() {}

  static boolean isReport(ParsedMail mail) {
    return mail.contentType().regionMatches(true, 0, TYPE, 0, TYPE.length());
  }

  static boolean isDeliveryReport(ParsedMail mail) {
    return isReport(mail)
        && mail.contentType().toLowerCase(Locale.ROOT).contains("delivery-status");
  }
}
