package io.engage.core.searching;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** How a column is compared with a value. */
public enum Operator {
  HAS(":"),
  FROM(">="),
  UP_TO("<="),
  AFTER(">"),
  BEFORE("<");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** As it is typed. */
  public String sign() {
    return sign;
  }

  /** The longest that stands at this place. */
  static Optional<Operator> findAt(String text, int at) {
    return Arrays.stream(values())
        .filter(each -> text.startsWith(each.sign, at))
        .max(Comparator.comparingInt(each -> each.sign.length()));
  }
}
