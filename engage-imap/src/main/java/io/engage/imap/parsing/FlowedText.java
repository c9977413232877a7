package io.engage.imap.parsing;

/** Joins the lines of {@code format=flowed} text (RFC 3676) to the paragraphs they were. */
final class FlowedText {
  private static final String SIGNATURE = "-- ";

  private final StringBuilder joined;
  private final boolean dropsSpace;
  private boolean flowing;
  private int flowingDepth;

  private FlowedText(int size, boolean dropsSpace) {
    this.joined = new StringBuilder(size);
    this.dropsSpace = dropsSpace;
  }

  /**
   * @param text with {@code \n} as line end
   * @param dropsSpace whether the space at the end of a flowed line is no part of the text (DelSp)
   */
  static String unfold(String text, boolean dropsSpace) {
    FlowedText flowed = new FlowedText(text.length(), dropsSpace);
    int from = 0;
    for (int to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      flowed.line(text, from, to);
      from = to + 1;
    }
    return flowed.end(text, from);
  }

  private void line(String text, int from, int to) {
    int start = from;
    while (start < to && text.charAt(start) == '>') {
      start++;
    }
    int depth = start - from;
    boolean stuffed = start < to && text.charAt(start) == ' ';
    content(depth, text.substring(stuffed ? start + 1 : start, to));
  }

  private void content(int depth, String line) {
    boolean signature = line.equals(SIGNATURE);
    if (flowing && (depth != flowingDepth || signature)) {
      endParagraph();
    }
    if (!flowing) {
      joined.append(">".repeat(depth)).append(depth > 0 && !line.isEmpty() ? " " : "");
    }
    flowing = line.endsWith(" ") && !signature;
    flowingDepth = depth;
    joined.append(line, 0, flowing && dropsSpace ? line.length() - 1 : line.length());
    if (!flowing) {
      joined.append('\n');
    }
  }

  private void endParagraph() {
    joined.append('\n');
    flowing = false;
  }

  private String end(String text, int from) {
    if (from < text.length()) {
      line(text, from, text.length());
      if (!flowing) {
        joined.setLength(joined.length() - 1);
      }
    }
    return joined.toString();
  }
}
