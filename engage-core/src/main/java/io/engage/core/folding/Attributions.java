package io.engage.core.folding;

import java.util.List;
import java.util.regex.Pattern;

/** The line or lines that say who wrote what is quoted below, by word and by shape. */
final class Attributions {
  private static final int MOST_LINES = 4;
  private static final int LONGEST = 600;
  private static final int LONGEST_NAME = 70;
  private static final int SHORTEST_WRAPPED = 20;
  private static final int LONGEST_REST = 50;
  private static final Pattern TIME =
      Pattern.compile("(?<![0-9])[0-2]?[0-9](?:[:.h]| h )[0-5][0-9](?![0-9])");
  private static final Pattern YEAR = Pattern.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])");
  private static final Pattern NUMERIC =
      Pattern.compile("(?<![0-9])[0-9]{1,2}[./-] ?[0-9]{1,2}[./-] ?[0-9]{2}(?![0-9])");
  private static final Pattern DAY =
      Pattern.compile(
          "(?<![0-9:.])[0-9]{1,2}(?:[./-] ?[0-9]{1,2}[./-] ?[0-9]{2,4}|\\.? ?(?:de )?\\p{L}{3,})"
              + "|(?<![0-9])(?:19|20)[0-9]{2}[-/.\u5e74] ?[0-9]{1,2}[-/.\u6708]");

  /** No person writes the time like this. */
  private static final Pattern STAMP =
      Pattern.compile("[0-9]:[0-5][0-9]:[0-5][0-9] [+-][0-9]{4}(?![0-9])");

  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@()]{1,64}@[^\\s<>@()]{1,255}");
  private static final Pattern BRACKETED =
      Pattern.compile("[<(\\[] ?(?:mailto:)?[^\\s<>@()]{1,64}@[^\\s<>@()]{1,255}[>)\\]]");

  /** No mail has more; a hostile text may end every line with a colon. */
  private static final int MOST_CANDIDATES = 500;

  private final List<Line> lines;
  private int candidates;

  Attributions(List<Line> lines) {
    this.lines = lines;
  }

  /**
   * Where the attribution that ends at line {@code last} starts; -1 when there is none. Good enough
   * above lines with quote marks.
   */
  int findAbove(int last) {
    return start(last, false);
  }

  /** As {@link #findAbove}, but so plain that it needs no quote marks below it. */
  int findPlain(int last) {
    return start(last, true);
  }

  /** Whether the marked lines {@code first} to {@code last} are an attribution that was quoted. */
  boolean isQuotedAttribution(int first, int last) {
    if (!endsAttribution(lines.get(last).words(), true) || ++candidates > MOST_CANDIDATES) {
      return false;
    }
    StringBuilder joined = new StringBuilder();
    for (int i = first; i <= last; i++) {
      joined.append(lines.get(i).words()).append(' ');
    }
    return joined.length() <= LONGEST && isLikely(joined.toString());
  }

  private int start(int last, boolean plain) {
    if (!endsAttribution(lines.get(last).words(), plain) || ++candidates > MOST_CANDIDATES) {
      return -1;
    }
    String joined = "";
    int found = -1;
    for (int i = last; i > last - MOST_LINES && i >= 0 && !isBoundary(lines.get(i)); i--) {
      String words = lines.get(i).words();
      if (i < last && !mayGoOn(words)) {
        break;
      }
      String rest = joined;
      joined = words + " " + joined;
      boolean fits = joined.length() <= LONGEST && (plain ? isPlain(joined) : isLikely(joined));
      if (fits && (i == last || startsDated(words) || isTornBelow(words, rest))) {
        found = i;
      }
      if (found >= 0 && isWhole(joined, words)) {
        return found;
      }
    }
    return found;
  }

  /** A sentence that ended is no part of the line below it, nor is what a person says. */
  private static boolean mayGoOn(String words) {
    boolean ended = ".!?:".indexOf(words.charAt(words.length() - 1)) >= 0 && !isOpen(words);
    boolean attribution = startsDated(words) && AttributionWords.hasVerb(words);
    return (!ended || attribution) && !AttributionWords.isPersonal(words);
  }

  /** A parenthesis that is closed in the line below. */
  private static boolean isOpen(String words) {
    return words.lastIndexOf('(') > words.lastIndexOf(')') && isAddressed(words);
  }

  /**
   * An earlier line belongs to it only when it looks like its beginning, never by mere nearness.
   */
  private static boolean startsDated(String words) {
    return AttributionWords.opens(words)
        && (YEAR.matcher(words).find() || NUMERIC.matcher(words).find())
        && words.chars().anyMatch(Character::isLetter);
  }

  /** Nothing is missing, so an earlier line is not part of it. */
  private static boolean isWhole(String joined, String firstLine) {
    boolean day = YEAR.matcher(joined).find() || DAY.matcher(joined).find();
    boolean said = AttributionWords.hasVerb(joined) || isAddressed(joined);
    return day
        && said
        && (AttributionWords.opens(firstLine) || isAddressed(firstLine))
        && (!Character.isDigit(firstLine.charAt(0)) || DAY.matcher(firstLine).find())
        && !isTorn(joined);
  }

  /** Lines break between a name and its address, and within both. */
  private static boolean isTorn(String rest) {
    int open = rest.indexOf('<');
    int close = rest.indexOf('>');
    boolean addressFirst = rest.startsWith("<") || rest.startsWith("(");
    return addressFirst
        || (close >= 0 && (open < 0 || open > close))
        || (startsWithVerb(rest) && !isAddressed(rest));
  }

  /** "Hello," is a line of its own. */
  private static boolean isTornBelow(String words, String rest) {
    return words.length() >= SHORTEST_WRAPPED
        && ((!words.endsWith(",") && isTorn(rest)) || isTornAtDate(words, rest));
  }

  /** "Ana <ana@mail.example> schrieb am 3. März 2025" and below it "um 10:15:", or the like. */
  private static boolean isTornAtDate(String words, String rest) {
    return rest.length() <= LONGEST_REST
        && isBracketed(words)
        && (AttributionWords.hasVerb(words) ? hasDate(rest) : isLateVerb(words, rest));
  }

  /** As in Turkish. */
  private static boolean isLateVerb(String words, String rest) {
    return hasDay(words) && AttributionWords.hasVerb(rest);
  }

  private static boolean startsWithVerb(String rest) {
    int blank = rest.indexOf(' ');
    return blank > 0
        && !AttributionWords.opens(rest)
        && AttributionWords.hasVerb(rest.substring(0, blank + 1));
  }

  private static boolean hasDay(String words) {
    return YEAR.matcher(words).find() || DAY.matcher(words).find();
  }

  private static boolean isBoundary(Line line) {
    return line.isQuoted() || line.words().isEmpty();
  }

  private static boolean endsAttribution(String words, boolean plain) {
    if (words.isEmpty()) {
      return false;
    }
    char end = words.charAt(words.length() - 1);
    return end == ':'
        || end == '\uff1a'
        || (end == '-' && words.endsWith("--") && AttributionWords.hasVerb(words))
        || (!plain && (isWithoutColon(words) || isDateAndAddress(words, end)));
  }

  /** As Gmail once wrote: "2025-03-03 Ana <ana@mail.example>". */
  private static boolean isDateAndAddress(String words, char end) {
    return end == '>'
        && Character.isDigit(words.charAt(0))
        && DAY.matcher(words).lookingAt()
        && isBracketed(words);
  }

  /** As "* Ana [2025-03-03 10:15]" or "Am 03.03.25 um 10:15 schrieb Ana". */
  private static boolean isWithoutColon(String words) {
    return words.length() < 200
        && TIME.matcher(words).find()
        && AttributionWords.opens(words)
        && AttributionWords.hasVerb(words)
        && words.charAt(words.length() - 1) != '.';
  }

  private static boolean isLikely(String joined) {
    boolean dated = hasDate(joined);
    if (isBracketed(joined) && (dated || AttributionWords.hasVerb(joined))) {
      return true;
    }
    return !AttributionWords.isPersonal(joined) && isLikelyAbout(joined, dated);
  }

  private static boolean isLikelyAbout(String joined, boolean dated) {
    boolean addressed = isAddressed(joined);
    if (AttributionWords.hasVerb(joined)) {
      return dated || addressed || (joined.length() <= LONGEST_NAME && joined.indexOf(',') < 0);
    }
    return dated && (addressed || STAMP.matcher(joined).find());
  }

  private static boolean isPlain(String joined) {
    if (!AttributionWords.opens(joined) || !hasDay(joined)) {
      return false;
    }
    boolean verb = AttributionWords.hasVerb(joined);
    boolean timed = TIME.matcher(joined).find();
    boolean ruled = joined.startsWith("--") && joined.stripTrailing().endsWith("--");
    boolean named =
        isBracketed(joined) ? verb || timed : verb && (isAddressed(joined) || (ruled && timed));
    return named && !AttributionWords.isPersonal(joined);
  }

  private static boolean isAddressed(String words) {
    return words.indexOf('@') > 0 && ADDRESS.matcher(words).find();
  }

  private static boolean isBracketed(String words) {
    return words.indexOf('@') > 0 && BRACKETED.matcher(words).find();
  }

  private static boolean hasDate(String words) {
    return TIME.matcher(words).find() || hasDay(words);
  }
}
