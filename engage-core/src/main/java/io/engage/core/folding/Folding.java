package io.engage.core.folding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides which part of a text is history that somebody quoted, so that it can be folded away.
 *
 * <p>Only history folds: lines with quote marks, the attribution above them, and what stands below
 * the header block or separator of programs that mark nothing. Greetings and signatures stay, a
 * forwarded mail stays, and what a person wrote stays wherever it stands; when in doubt nothing
 * folds, because a quote too many costs a glance and a lost answer costs a customer. The time is
 * linear in the length of the text.
 */
public final class Folding {
  private static final int LONGEST_HINT_SEARCH = 20_000;

  private final String text;
  private final Occasion occasion;
  private final List<Line> lines;
  private final Attributions attributions;
  private final Quotation quotation;
  private final BitSet folded = new BitSet();
  private boolean answersStandBelow;
  private boolean tightMarks;

  private Folding(String text, List<Line> lines, Occasion occasion) {
    this.text = text;
    this.occasion = occasion;
    this.lines = lines;
    this.attributions = new Attributions(lines);
    this.quotation = new Quotation(lines, attributions);
  }

  /** Decides about a text of which nothing else is known. */
  public static Folded decide(String text) {
    return decide(text, Occasion.UNKNOWN);
  }

  public static Folded decide(String text, Occasion occasion) {
    return occasion == Occasion.FORWARD
        ? new Folded(text.strip(), List.of())
        : decide(text, Line.of(text), occasion);
  }

  /**
   * @param lines of {@code text}
   */
  static Folded decide(String text, List<Line> lines, Occasion occasion) {
    Folding folding = new Folding(text, lines, occasion);
    folding.scan();
    List<Fold> folds = folding.hidesAnswers() ? List.of() : folding.folds();
    String visible = without(folds, text);
    return visible.isEmpty() ? new Folded(text.strip(), List.of()) : new Folded(visible, folds);
  }

  private void scan() {
    int i = 0;
    while (i < lines.size() && !isForwardAt(i)) {
      i = lines.get(i).isQuoted() ? afterQuotes(i) : afterMarker(i);
    }
  }

  /** Folds the marked lines from {@code first} on, with blank lines among them. */
  private int afterQuotes(int first) {
    int end = first;
    int count = 0;
    for (int i = first; i < lines.size() && (isBlank(i) || lines.get(i).isQuoted()); i++) {
      if (!isBlank(i)) {
        end = i + 1;
        count++;
      }
    }
    int start = attributionAbove(first);
    boolean attributed = start >= 0 || (first > 0 && folded.get(first - 1));
    if (!attributed && folded.isEmpty() && quotation.isForward(first, end)) {
      return lines.size();
    }
    if (attributed || isHistory(first, end, count)) {
      tightMarks |= !lines.get(first).surelyQuoted();
      folded.set(start < 0 ? first : start, end);
    }
    return end;
  }

  /** Once history was quoted, later marks quote it too; else the marks must be a program's. */
  private boolean isHistory(int first, int end, int count) {
    return folded.isEmpty()
        ? !isIntroduced(first) && quotation.isByProgram(first, end)
        : count > 1 || lines.get(first).surelyQuoted() || isTightQuote(lines.get(first));
  }

  /** ">When?" after more of its kind; ">50 pieces" may be what somebody wrote. */
  private boolean isTightQuote(Line line) {
    return tightMarks && Character.isLetter(line.words().codePointAt(0));
  }

  private int attributionAbove(int first) {
    int last = first - 1;
    while (last >= 0 && first - last <= 2 && isBlank(last)) {
      last--;
    }
    return last < 0 || folded.get(last) ? -1 : attributions.findAbove(last);
  }

  /** Folds a header block, separator or plain attribution at line {@code i}, and its history. */
  private int afterMarker(int i) {
    int end = markerEnd(i);
    if (end < 0) {
      return i + 1;
    }
    int start = withRuleAbove(markerStart(i));
    int content = afterMarkers(end);
    boolean marked = content < lines.size() && lines.get(content).isQuoted();
    if (marked && !hasForward(end, content)) {
      folded.set(start, content);
      return content;
    }
    if (hasForward(end, content) || answersStandBelow || isPasted(start)) {
      return Math.max(content, i + 1);
    }
    if (isAnswerAbove(start)) {
      folded.set(start, lines.size());
    }
    return lines.size();
  }

  /** What stands in a mail that answers nothing was put there to be read. */
  private boolean isPasted(int start) {
    return occasion == Occasion.FIRST || isIntroduced(start);
  }

  /** "Your terms say:", but not "Hola:". */
  private boolean isIntroduced(int start) {
    int above = start - 1;
    while (above >= 0 && isBlank(above)) {
      above--;
    }
    String words = above < 0 ? "" : lines.get(above).words();
    return words.endsWith(":") && !Greetings.isGreeting(words);
  }

  private boolean hasForward(int from, int to) {
    return IntStream.range(from, Math.min(to + 1, lines.size())).anyMatch(this::isForwardAt);
  }

  private boolean isForwardAt(int i) {
    return !lines.get(i).isQuoted() && Separators.startsForward(lines.get(i));
  }

  /** The line after the marker at {@code i}; -1 when there is none. */
  private int markerEnd(int i) {
    if (lines.get(i).words().isEmpty() || lines.get(i).isQuoted()) {
      return -1;
    }
    if (Separators.startsHistory(lines.get(i)) || attributions.findPlain(i) >= 0) {
      return i + 1;
    }
    return HeaderBlocks.findEnd(lines, i);
  }

  private int markerStart(int i) {
    int attribution = attributions.findPlain(i);
    return attribution >= 0 ? attribution : i;
  }

  private int withRuleAbove(int start) {
    int above = start - 1;
    while (above >= 0 && start - above <= 2 && isBlank(above)) {
      above--;
    }
    return above >= 0 && Separators.isRule(lines.get(above)) ? above : start;
  }

  /** A separator, a header block and an attribution may follow one another. */
  private int afterMarkers(int from) {
    int i = from;
    boolean more = true;
    for (int count = 0; more && count < 4; count++) {
      while (i < lines.size() && isBlank(i)) {
        i++;
      }
      int end = i < lines.size() ? markerEndNear(i) : -1;
      more = end > 0;
      i = more ? end : i;
    }
    return i;
  }

  /** As {@link #markerEnd}, also for an attribution that goes over several lines from here. */
  private int markerEndNear(int i) {
    for (int last = i; last < Math.min(i + 4, lines.size()) && !isBlank(last); last++) {
      if (attributions.findAbove(last) == i) {
        return last + 1;
      }
    }
    return markerEnd(i);
  }

  /**
   * Whether somebody answered above line {@code start} and does not say that answers stand below,
   * too. Else what follows without quote marks may be the answer itself.
   */
  private boolean isAnswerAbove(int start) {
    String own = ownWordsAbove(start);
    answersStandBelow = Hints.tellAnswersBelow(own);
    return Greetings.saySomething(own) && !answersStandBelow;
  }

  private String ownWordsAbove(int start) {
    StringBuilder own = new StringBuilder();
    for (int i = 0; i < start && own.length() < LONGEST_HINT_SEARCH; i++) {
      if (!folded.get(i)) {
        own.append(text, lines.get(i).from(), lines.get(i).next());
      }
    }
    return own.toString();
  }

  /**
   * Whether somebody says above marked history that his answers stand in it, but none stands
   * between the marked lines: then they are in these.
   */
  private boolean hidesAnswers() {
    int first = folded.nextSetBit(0);
    return first >= 0
        && !hasOwnWords(first, folded.length())
        && Hints.tellAnswersBelow(ownWordsAbove(first));
  }

  private boolean hasOwnWords(int from, int to) {
    for (int i = folded.nextClearBit(from); i < to; i = folded.nextClearBit(i + 1)) {
      if (!isBlank(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBlank(int i) {
    return lines.get(i).isBlank() && !lines.get(i).isQuoted();
  }

  /** Runs of folded lines; blank lines between two of them hide nothing, so they fold along. */
  private List<Fold> folds() {
    List<Fold> folds = new ArrayList<>();
    int from = folded.nextSetBit(0);
    while (from >= 0) {
      int to = folded.nextClearBit(from);
      int next = folded.nextSetBit(to);
      while (next >= 0 && allBlank(to, next)) {
        to = folded.nextClearBit(next);
        next = folded.nextSetBit(to);
      }
      folds.add(new Fold(lines.get(from).from(), lines.get(to - 1).next()));
      from = next;
    }
    return folds;
  }

  private boolean allBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isBlank(i)) {
        return false;
      }
    }
    return true;
  }

  private static String without(List<Fold> folds, String text) {
    if (folds.isEmpty()) {
      return text.strip();
    }
    StringBuilder visible = new StringBuilder();
    int from = 0;
    for (Fold fold : folds) {
      visible.append(text, from, fold.from());
      from = fold.to();
    }
    return visible.append(text, from, text.length()).toString().strip();
  }
}
