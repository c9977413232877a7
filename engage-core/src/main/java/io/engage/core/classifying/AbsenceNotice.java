package io.engage.core.classifying;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells an absence notice by its shape where no header does: it says that somebody is not there and
 * two of what else notices say, and <em>nothing but that</em>. Customers who are away say so, too,
 * but with a word about what they bought; one such sentence makes it theirs.
 */
final class AbsenceNotice {
  private static final int LONGEST = 1_500;
  private static final int MOST_LINES = 40;

  /** Names, greetings, dates: "Best regards", "Kate O'Brien". */
  private static final int BRIEF = 4;

  private static final int BRIEF_LINE = 6;

  /** Not before a month, as in "2. Juni". */
  private static final Pattern ENDS =
      Pattern.compile("(?<=[.!?;])\\s+(?!(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private enum Trait {
    AWAY,
    PROMISE,
    MAIL,
    INSTEAD,
    OPENING,
    SELF,
    OTHER
  }

  private static final Set<Trait> LATER = EnumSet.of(Trait.PROMISE, Trait.MAIL);
  private static final Set<Trait> TELLING = EnumSet.of(Trait.PROMISE, Trait.MAIL, Trait.INSTEAD);

  private static final Map<Trait, PhraseHints> STEMS =
      new EnumMap<>(
          Map.of(
              Trait.AWAY, new PhraseHints(AbsenceWords.AWAY),
              Trait.PROMISE, new PhraseHints(AbsenceWords.PROMISES),
              Trait.MAIL, new PhraseHints(AbsenceWords.MAIL),
              Trait.INSTEAD, new PhraseHints(AbsenceWords.INSTEAD),
              Trait.OPENING, new PhraseHints(AbsenceWords.OPENINGS),
              Trait.SELF, new PhraseHints(AbsenceWords.SELF),
              Trait.OTHER, new PhraseHints(AbsenceWords.OTHER)));

  private AbsenceNotice() {}

  static boolean isOne(String text) {
    return text.length() <= LONGEST
        && says(Trait.AWAY, Words.plain(text))
        && isWhole(traitsOfAll(text));
  }

  /** As {@link #isOne}, but with less to tell, where the subject speaks of an absence already. */
  static boolean isLikely(String text) {
    Set<Trait> seen = text.length() <= LONGEST ? traitsOfAll(text) : EnumSet.noneOf(Trait.class);
    return seen.contains(Trait.AWAY) && (count(seen, TELLING) > 0 || seen.contains(Trait.OPENING));
  }

  /** Whether each sentence is one that stands in absence notices. */
  static boolean saysNothingElse(String text) {
    return !traitsOfAll(text).isEmpty();
  }

  /** Empty when a sentence has none. */
  private static Set<Trait> traitsOfAll(String text) {
    Set<Trait> seen = EnumSet.noneOf(Trait.class);
    for (String paragraph : paragraphs(text)) {
      for (String sentence : ENDS.split(paragraph)) {
        Set<Trait> traits = traits(sentence);
        if (traits.isEmpty() && !isBrief(sentence)) {
          return Set.of();
        }
        seen.addAll(traits);
      }
    }
    return seen;
  }

  /** Two ways of saying what becomes of the mail, or one in an answer to no mail in particular. */
  private static boolean isWhole(Set<Trait> seen) {
    return seen.contains(Trait.AWAY)
        && (count(seen, TELLING) > 1 || (count(seen, LATER) > 0 && seen.contains(Trait.OPENING)));
  }

  private static long count(Set<Trait> seen, Set<Trait> among) {
    return seen.stream().filter(among::contains).count();
  }

  /** Lines that belong together as one; a signature's short lines are left out. */
  private static List<String> paragraphs(String text) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : text.lines().limit(MOST_LINES).map(String::strip).toList()) {
      if (line.startsWith("--") || line.startsWith("__")) {
        break;
      }
      if (line.isEmpty()) {
        paragraphs.add(paragraph.toString());
        paragraph.setLength(0);
      } else if (!line.startsWith(">") && !isOfSignature(line)) {
        paragraph.append(line).append(' ');
      }
    }
    paragraphs.add(paragraph.toString());
    return paragraphs;
  }

  private static boolean isOfSignature(String line) {
    return words(line) <= BRIEF_LINE
        && Character.isUpperCase(line.codePointAt(0))
        && ".!?;:".indexOf(line.charAt(line.length() - 1)) < 0
        && traits(line).isEmpty();
  }

  private static boolean isBrief(String sentence) {
    return words(sentence) <= BRIEF || sentence.indexOf('@') >= 0;
  }

  private static int words(String line) {
    return line.isBlank() ? 0 : BLANKS.split(line.strip()).length;
  }

  private static Set<Trait> traits(String sentence) {
    String words = Words.plain(" " + sentence);
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if (says(trait, words)) {
        traits.add(trait);
      }
    }
    if (traits.contains(Trait.SELF)) {
      traits.remove(Trait.INSTEAD);
    }
    return traits;
  }

  private static boolean says(Trait trait, String words) {
    PhraseHints stems = STEMS.get(trait);
    return stems != null && stems.occurIn(words, LONGEST);
  }
}
