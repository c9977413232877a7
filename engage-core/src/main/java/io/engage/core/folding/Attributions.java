package io.engage.core.folding;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The line or lines that say who wrote what is quoted below, by word and by shape. */
final class Attributions {
  private static final int MOST_LINES = 4;
  private static final int LONGEST = 600;
  private static final int LONGEST_NAME = 70;

  private static final List<String> VERBS =
      List.of(
          "wrote",
          "writes",
          "escribió",
          "escribio",
          "escribe:",
          "a écrit",
          "a ecrit",
          "ha scritto",
          "scrive:",
          "scrisse",
          "schrieb",
          "geschrieben",
          "schreibt",
          "escreveu",
          "schreef",
          "geschreven",
          "skrev",
          "skreiv",
          "kirjoitti",
          "napisał",
          "napisal",
          "napísal",
          "napsal",
          "írta",
          "a scris",
          "написал",
          "пишет",
          "писал",
          "пише",
          "написав",
          "yazdı",
          "έγραψε",
          "va escriure",
          "写道",
          "寫道",
          "のメール",
          "작성",
          "viết",
          "kirjutas",
          "rašė",
          "je napis",
          "said:",
          "respondió",
          "sent:");
  private static final List<String> OPENERS =
      List.of(
          "on ",
          "le ",
          "el ",
          "il ",
          "am ",
          "em ",
          "op ",
          "den ",
          "dne ",
          "dňa ",
          "dnia ",
          "w dniu ",
          "pe ",
          "la ",
          "fra ",
          "på ",
          "no dia ",
          "vào ",
          "στις ",
          "в ",
          "у ",
          "at ",
          "---- on ",
          "em ",
          "al ",
          "on:",
          "från ",
          "from ",
          "quoting ",
          "mon",
          "tue",
          "wed",
          "thu",
          "fri",
          "sat",
          "sun",
          "lun",
          "mar",
          "mer",
          "jeu",
          "ven",
          "sam",
          "dim",
          "mié",
          "jue",
          "vie",
          "sáb",
          "dom",
          "gio",
          "mon",
          "die",
          "mit",
          "don",
          "fre",
          "seg",
          "ter",
          "qua",
          "qui",
          "sex",
          "\"",
          "'",
          "<");
  private static final Pattern TIME =
      Pattern.compile("(?<![0-9])[0-2]?[0-9][:.h][0-5][0-9](?![0-9])");
  private static final Pattern YEAR = Pattern.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])");
  private static final Pattern DAY =
      Pattern.compile(
          "(?<![0-9])[0-9]{1,2}(?:[./-][0-9]{1,2}[./-][0-9]{2,4}|\\.? ?(?:de )?\\p{L}{3,})");
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@()]{1,64}@[^\\s<>@()]{1,255}");

  /** No mail has more; a hostile text may end every line with a colon. */
  private static final int MOST_CANDIDATES = 4_000;

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

  private int start(int last, boolean plain) {
    if (!endsAttribution(lines.get(last).words()) || ++candidates > MOST_CANDIDATES) {
      return -1;
    }
    String joined = "";
    int found = -1;
    for (int i = last; i > last - MOST_LINES && i >= 0 && !isBoundary(lines.get(i)); i--) {
      joined = lines.get(i).words() + " " + joined;
      boolean fits = joined.length() <= LONGEST && (plain ? isPlain(joined) : isLikely(joined));
      if (fits && (found < 0 || isBetter(lines.get(i).words()))) {
        found = i;
      }
      if (found >= 0 && opens(lines.get(i).words()) && hasDate(lines.get(i).words())) {
        return i;
      }
    }
    return found;
  }

  /**
   * An earlier line belongs to it only when it looks like its beginning, never by mere nearness.
   */
  private static boolean isBetter(String words) {
    return opens(words) && hasDate(words);
  }

  private static boolean isBoundary(Line line) {
    return line.isQuoted() || line.words().isEmpty();
  }

  private static boolean endsAttribution(String words) {
    return words.endsWith(":")
        || words.endsWith("：")
        || (words.endsWith("--") && hasVerb(words.toLowerCase(Locale.ROOT)));
  }

  private static boolean isLikely(String joined) {
    boolean dated = hasDate(joined);
    boolean addressed = ADDRESS.matcher(joined).find();
    if (hasVerb(joined.toLowerCase(Locale.ROOT))) {
      return (dated && (addressed || opens(joined)))
          || addressed
          || (joined.length() <= LONGEST_NAME && joined.indexOf(',') < 0);
    }
    return dated && addressed;
  }

  private static boolean isPlain(String joined) {
    boolean timed = TIME.matcher(joined).find();
    boolean dated = YEAR.matcher(joined).find() || DAY.matcher(joined).find();
    boolean addressed = ADDRESS.matcher(joined).find();
    boolean verb = hasVerb(joined.toLowerCase(Locale.ROOT));
    return opens(joined) && dated && (verb ? timed || addressed : timed && addressed);
  }

  private static boolean hasDate(String words) {
    return TIME.matcher(words).find() || YEAR.matcher(words).find() || DAY.matcher(words).find();
  }

  private static boolean hasVerb(String lower) {
    return VERBS.stream().anyMatch(lower::contains);
  }

  private static boolean opens(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return (!lower.isEmpty() && Character.isDigit(lower.charAt(0)))
        || OPENERS.stream().anyMatch(lower::startsWith);
  }
}
