package io.engage.core.classifying;

import java.util.Locale;

/** What a calendar object is for (RFC 5546 section 1.4): its own METHOD, else that of its part. */
final class CalendarMethod {
  private CalendarMethod() {}

  static boolean isReply(String parameters, String calendar) {
    return calendar
        .lines()
        .limit(200)
        .map(line -> line.strip().toUpperCase(Locale.ROOT))
        .filter(line -> line.startsWith("METHOD:"))
        .findFirst()
        .map(line -> isAnswer(line.substring(7).strip()))
        .orElseGet(() -> isAnswer(methodParameter(parameters)));
  }

  private static boolean isAnswer(String method) {
    return method.equals("REPLY") || method.equals("COUNTER");
  }

  private static String methodParameter(String parameters) {
    String upper = parameters.toUpperCase(Locale.ROOT).replaceAll("[\\s\"]", "");
    int at = upper.indexOf("METHOD=");
    int end = at < 0 ? -1 : upper.indexOf(';', at);
    return at < 0 ? "" : upper.substring(at + 7, end < 0 ? upper.length() : end);
  }
}
