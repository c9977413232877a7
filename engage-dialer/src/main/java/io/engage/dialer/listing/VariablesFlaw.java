package io.engage.dialer.listing;

import io.engage.dialer.listing.RowProblem.Code;

/** Why the variables of a row cannot be read. */
record VariablesFlaw(Code code, String reason) {
  /** The most variables of a row. */
  static final int MOST = 1_000;

  static VariablesFlaw unreadable(int index) {
    return new VariablesFlaw(
        Code.UNREADABLE_VARIABLES,
        ("The variables cannot be read from character %d on. Write"
                + " \"name\":\"value\",\"name\":\"value\" or name = value: name = value")
            .formatted(index + 1));
  }

  static VariablesFlaw tooMany() {
    return new VariablesFlaw(
        Code.UNREADABLE_VARIABLES, "The row has more than %d variables".formatted(MOST));
  }

  static VariablesFlaw repeated(String name) {
    return new VariablesFlaw(
        Code.REPEATED_VARIABLE,
        "The variable %s stands there twice. Leave one of them".formatted(Text.quoted(name)));
  }
}
