package io.engage.jpa.forms;

import java.util.List;

/** Texts that careless stores spoil. */
public final class HostileTexts {
  public static final List<String> ALL =
      List.of(
          "",
          " ",
          "NUL \0 within",
          "\0",
          "half \ud83d a pair",
          "\ude00",
          "\ud83d\ud83d\ude00",
          "😀 outside of the basic plane",
          "\ue0ff and \ue0ff0000",
          "\uffff\ufffe\ufeff",
          "\udbff\udfff and \udbff\udfff0000",
          "full width ！～",
          "e\u0301 é ﬁ ß İ",
          "\\u0000 \" ' ; -- ${name} %s ? :name",
          "line\nline\r\nline\u2028\u0085\t\u0001\u007f",
          "{\"is\":\"stop\",\"value\":null}");

  private HostileTexts() {}
}
