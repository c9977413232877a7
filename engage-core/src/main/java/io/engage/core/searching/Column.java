package io.engage.core.searching;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can stand before a colon. */
public enum Column {
  FROM,
  SUBJECT,
  TEXT,
  TAG,
  AGENT,
  HANDLED,
  INBOX,
  CUSTOMER,
  CHANNEL,
  CAMPAIGN,
  IS,
  RECEIVED,
  OPENED,
  COMPLETED,
  PRIORITY;

  /** As it is typed. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isTime() {
    return this == RECEIVED || this == OPENED || this == COMPLETED;
  }

  boolean compares() {
    return isTime() || this == PRIORITY;
  }

  /** The one that is typed so, in any case. */
  public static Optional<Column> find(String typed) {
    return Arrays.stream(values()).filter(each -> each.code().equalsIgnoreCase(typed)).findFirst();
  }

  /** All of them, for whoever named none. */
  public static String all() {
    return String.join(", ", Arrays.stream(values()).map(Column::code).toList());
  }
}
