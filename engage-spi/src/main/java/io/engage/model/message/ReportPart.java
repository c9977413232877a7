package io.engage.model.message;

import static java.util.Objects.requireNonNull;

/**
 * A part that is meant for a program: a delivery status, the header of a returned mail, a feedback
 * report, a disposition notice, a calendar object.
 *
 * @param contentType {@code type/subtype} in lower case
 * @param parameters the rest of the Content-Type header, such as {@code method=REPLY}; empty when
 *     none
 * @param text decoded, cut after 256 KiB
 */
public record ReportPart(String contentType, String parameters, String text) {
  public ReportPart {
    requireNonNull(contentType, "contentType");
    requireNonNull(parameters, "parameters");
    requireNonNull(text, "text");
  }

  @Override
  public String toString() {
    return "ReportPart[%s, %d characters]".formatted(contentType, text.length());
  }
}
