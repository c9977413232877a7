package io.engage.core.folding;

import java.util.List;

/**
 * Tells the quotes of a mail program from what people write behind a ">" of their own: lists,
 * menus, code, the words of a third party. It is asked only where no attribution stands above.
 */
final class Quotation {
  /** Programs wrap what they quote at some 70 characters; people end their lines earlier. */
  private static final int SHORTEST_WRAPPED = 56;

  private static final int MOST_INTRODUCTION = 6;

  private final List<Line> lines;
  private final Attributions attributions;

  Quotation(List<Line> lines, Attributions attributions) {
    this.lines = lines;
    this.attributions = attributions;
  }

  /** Whether the marked lines {@code from} to {@code to}, exclusive, forward something. */
  boolean isForward(int from, int to) {
    for (int i = from; i < Math.min(to, from + MOST_INTRODUCTION); i++) {
      if (!lines.get(i).words().isEmpty()) {
        return Separators.startsForward(lines.get(i));
      }
    }
    return false;
  }

  boolean isByProgram(int from, int to) {
    return isIntroduced(from, to)
        || hasShape(from, to)
        || (isQuestion(lines.get(to - 1)) && isAnswered(to));
  }

  private boolean isIntroduced(int from, int to) {
    for (int i = from; i < Math.min(to, from + MOST_INTRODUCTION); i++) {
      if (attributions.isQuotedAttribution(from, i) || HeaderBlocks.findEnd(lines, i) > i) {
        return true;
      }
    }
    return false;
  }

  private boolean hasShape(int from, int to) {
    for (int i = from; i + 1 < to; i++) {
      Line line = lines.get(i);
      Line next = lines.get(i + 1);
      boolean marked = line.isQuoted() && next.isQuoted();
      if (marked && (isParagraphEnd(i, from) || isNested(line, next) || isWrapped(line, next))) {
        return true;
      }
    }
    return false;
  }

  /** A mark on its own, between others. */
  private boolean isParagraphEnd(int i, int from) {
    return i > from && lines.get(i).isBlank();
  }

  private static boolean isNested(Line line, Line next) {
    return line.depth() != next.depth()
        && Math.min(line.depth(), next.depth()) == 1
        && line.surelyQuoted()
        && next.surelyQuoted();
  }

  private static boolean isWrapped(Line line, Line next) {
    return line.length() >= SHORTEST_WRAPPED
        && line.surelyQuoted()
        && !next.words().isEmpty()
        && Character.isLetterOrDigit(line.words().isEmpty() ? ' ' : last(line.words()))
        && Character.isLowerCase(next.words().codePointAt(0));
  }

  private static boolean isQuestion(Line line) {
    return line.surelyQuoted()
        && !line.words().isEmpty()
        && "?\uff1f\u061f".indexOf(last(line.words())) >= 0;
  }

  private boolean isAnswered(int to) {
    return to < lines.size() && lines.get(to).length() > 1;
  }

  private static char last(String words) {
    return words.charAt(words.length() - 1);
  }
}
