package io.engage.core.templating;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads templates: a field is {@code ${name}}, everything else is text. There is nothing to call,
 * to include, to repeat or to redefine, so a template can do nothing but stand there; what looks
 * like an attempt is refused with its place rather than sent to customers.
 */
public final class Templating {
  /** The longest template, in characters. */
  public static final int LONGEST = 1_000_000;

  private static final String OPENS = "${";
  private static final int LONGEST_NAME = 64;
  private static final int MOST_PROBLEMS = 20;

  /** Letters first; words may be parted by one blank, as spreadsheets name their columns. */
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]*+(?: [\\p{L}\\p{N}_.-]++)*+");

  /** What opens a section, partial, comment, raw value or new delimiters in other languages. */
  private static final String COMMANDS = "#^/><$&!=%{@*?";

  /** Reads a template, whatever its fields are called. */
  public Compilation decide(String template) {
    return decide(template, any -> true);
  }

  /**
   * Reads a template that may name some fields only.
   *
   * @param offered whether there is a field of this name
   */
  public Compilation decide(String template, Predicate<String> offered) {
    if (template.length() > LONGEST) {
      return new Compilation.Refused(
          List.of(
              new Problem(
                  1,
                  1,
                  "the template has %d characters, but at most %d are possible"
                      .formatted(template.length(), LONGEST))));
    }
    List<Piece> pieces = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    List<Problem> overlooked = new ArrayList<>();
    int done = 0;
    int open = template.indexOf(OPENS);
    while (open >= 0 && problems.size() < MOST_PROBLEMS) {
      int inside = open + OPENS.length();
      int close = closing(template, inside);
      String name = close < 0 ? "" : template.substring(inside, close).strip();
      int next = inside;
      if (isCommand(template, inside)) {
        problems.add(
            problem(
                template,
                open,
                "'%s' is no field. Write ${name} with the name of a variable"
                    .formatted(template.substring(open, inside + 1))));
      } else if (isName(name) && !offered.test(name)) {
        problems.add(problem(template, open, "'${%s}' has no value here".formatted(name)));
      } else if (isName(name)) {
        text(template, done, open, pieces);
        pieces.add(new Piece(name, true));
        next = close + 1;
        done = next;
      } else if (overlooked.size() < MOST_PROBLEMS) {
        overlooked.add(problem(template, open, "'${' begins no field here and stays as it is"));
      }
      open = template.indexOf(OPENS, next);
    }
    text(template, done, template.length(), pieces);
    return problems.isEmpty()
        ? new Compilation.Ready(new FilledText.Form(pieces), overlooked)
        : new Compilation.Refused(problems);
  }

  private static void text(String template, int from, int until, List<Piece> pieces) {
    if (from < until) {
      pieces.add(new Piece(template.substring(from, until), false));
    }
  }

  /** Not further away than a name can be long, so that the cost stays linear. */
  private static int closing(String template, int from) {
    int end = Math.min(template.length(), from + LONGEST_NAME + 2);
    for (int i = from; i < end; i++) {
      if (template.charAt(i) == '}') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isName(String text) {
    Matcher matcher = NAME.matcher(text);
    return !text.isEmpty() && text.length() <= LONGEST_NAME && matcher.matches();
  }

  private static boolean isCommand(String template, int inside) {
    return inside < template.length() && COMMANDS.indexOf(template.charAt(inside)) >= 0;
  }

  private static Problem problem(String template, int at, String reason) {
    int line = 1;
    int lineStart = 0;
    for (int i = template.indexOf('\n'); i >= 0 && i < at; i = template.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    return new Problem(line, at - lineStart + 1, reason);
  }
}
