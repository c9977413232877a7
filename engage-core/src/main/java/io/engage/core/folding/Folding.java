package io.engage.core.folding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
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
  private final List<Line> lines;
  private final Attributions attributions;
  private final BitSet folded = new BitSet();
  private boolean answersStandBelow;

  private Folding(String text) {
    this.text = text;
    this.lines = Line.of(text);
    this.attributions = new Attributions(lines);
  }

  public static Folded decide(String text) {
    Folding folding = new Folding(text);
    folding.scan();
    List<Fold> folds = folding.folds();
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
    if (start >= 0 || count > 1 || isSurelyQuoted(first)) {
      folded.set(start < 0 ? first : start, end);
    }
    return end;
  }

  /** "> yes" is quoted, ">50 pieces" and mbox' ">From" are what somebody wrote. */
  private boolean isSurelyQuoted(int i) {
    String words = lines.get(i).words();
    return words.length() < 2 || words.charAt(1) == ' ' || words.charAt(1) == '>';
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
    if (marked) {
      folded.set(start, content);
      return content;
    }
    if (hasForward(end, content) || answersStandBelow || !isAnswerAbove(start)) {
      return Math.max(content, i + 1);
    }
    folded.set(start, lines.size());
    return lines.size();
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
    StringBuilder own = new StringBuilder();
    for (int i = 0; i < start && own.length() < LONGEST_HINT_SEARCH; i++) {
      if (!folded.get(i)) {
        own.append(text, lines.get(i).from(), lines.get(i).next());
      }
    }
    answersStandBelow = Separators.saysAnswersAreBelow(own.toString().toLowerCase(Locale.ROOT));
    return own.chars().anyMatch(Character::isLetterOrDigit) && !answersStandBelow;
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
    StringBuilder visible = new StringBuilder();
    int from = 0;
    for (Fold fold : folds) {
      visible.append(text, from, fold.from());
      from = fold.to();
    }
    return visible.append(text, from, text.length()).toString().strip();
  }
}
