package io.engage.core.templating;

/** Where a value stands, and so how it is written there. */
public enum Encoding {
  /** Plain text: as it is. */
  TEXT {
    @Override
    public String encode(String value) {
      return value;
    }
  },

  /** Text and quoted attributes of HTML. */
  HTML {
    @Override
    public String encode(String value) {
      StringBuilder safe = new StringBuilder(value.length() + 16);
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '&' -> safe.append("&amp;");
          case '<' -> safe.append("&lt;");
          case '>' -> safe.append("&gt;");
          case '"' -> safe.append("&quot;");
          case '\'' -> safe.append("&#39;");
          default -> safe.append(c);
        }
      }
      return safe.toString();
    }
  },

  /** A header field: one line, whatever the value holds (RFC 5322 section 2.2). */
  HEADER {
    @Override
    public String encode(String value) {
      StringBuilder line = new StringBuilder(value.length());
      value.codePoints().map(Encoding::blankIfBreaking).forEach(line::appendCodePoint);
      return line.toString();
    }
  },

  /** A TEXT value of iCalendar (RFC 5545 section 3.3.11). */
  CALENDAR {
    @Override
    public String encode(String value) {
      String lines = value.replace("\r\n", "\n").replace('\r', '\n');
      StringBuilder safe = new StringBuilder(lines.length() + 16);
      for (int i = 0; i < lines.length(); i++) {
        char c = lines.charAt(i);
        if (c == '\n') {
          safe.append("\\n");
        } else if (c == '\\' || c == ';' || c == ',') {
          safe.append('\\').append(c);
        } else if (!Character.isISOControl(c) || c == '\t') {
          safe.append(c);
        }
      }
      return safe.toString();
    }
  };

  /** The value as it is written there. */
  public abstract String encode(String value);

  private static int blankIfBreaking(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c;
  }
}
