package io.engage.core.sanitizing;

/**
 * What it would cost to build a tree of HTML, told from its tags alone and in one pass. A parser
 * compares each attribute of a tag with the others, so that a few tags of hundreds of attributes
 * cost as much as a book.
 *
 * <p>It reads no comments and no scripts, and so may find more tags than there are, never fewer.
 */
final class TagCost {
  /**
   * More than any newsletter has. A tree may have many times as many nodes as the HTML has tags,
   * because tags that were never closed are opened anew in each paragraph.
   */
  private static final int MOST_TAGS = 30_000;

  /** Eight attributes in each of the most tags. */
  private static final long MOST_COMPARISONS = 2_000_000;

  /** The parser keeps no more, but still looks among these. */
  private static final int MOST_KEPT = 512;

  private enum At {
    TEXT,
    TAG_NAME,
    BEFORE_NAME,
    NAME,
    AFTER_NAME,
    BEFORE_VALUE,
    VALUE,
    QUOTED
  }

  private final String html;
  private At at = At.TEXT;
  private char quote;
  private int tags;
  private int attributes;
  private int nameStart;
  private long comparisons;

  private TagCost(String html) {
    this.html = html;
  }

  static boolean isTooMuch(String html) {
    TagCost cost = new TagCost(html);
    for (int i = 0; i < html.length() && !cost.isTooMuch(); i++) {
      cost.read(i);
    }
    cost.endTag();
    return cost.isTooMuch();
  }

  private boolean isTooMuch() {
    return tags > MOST_TAGS || comparisons > MOST_COMPARISONS;
  }

  private void read(int i) {
    char c = html.charAt(i);
    if (c == '<') {
      tags++;
    }
    if (at == At.TEXT || at == At.QUOTED) {
      readOutside(i, c);
    } else if (c == '>') {
      endTag();
    } else {
      copy(i, c);
      at = next(c);
    }
  }

  /** At these signs the parser makes a new string of the name so far and what follows. */
  private void copy(int i, char c) {
    if (at == At.TAG_NAME && (c == '<' || c == 0)) {
      comparisons += i - nameStart;
    }
  }

  /** A quote may be none, where a comment or a script was taken for a tag; so a tag ends it. */
  private void readOutside(int i, char c) {
    if (c == '<' && startsTag(i + 1)) {
      endTag();
      at = At.TAG_NAME;
      nameStart = i;
    } else if (at == At.QUOTED && c == quote) {
      at = At.BEFORE_NAME;
    }
  }

  private boolean startsTag(int i) {
    int letter = i < html.length() && html.charAt(i) == '/' ? i + 1 : i;
    return letter < html.length() && Character.isLetter(html.charAt(letter));
  }

  private void endTag() {
    comparisons += (long) Math.min(attributes, MOST_KEPT) * attributes;
    attributes = 0;
    at = At.TEXT;
  }

  private At next(char c) {
    boolean white = c <= ' ';
    return switch (at) {
      case TAG_NAME -> white || c == '/' ? At.BEFORE_NAME : at;
      case BEFORE_NAME -> white || c == '/' ? at : attribute();
      case NAME -> white || c == '/' ? At.AFTER_NAME : c == '=' ? At.BEFORE_VALUE : at;
      case AFTER_NAME -> white || c == '/' ? at : c == '=' ? At.BEFORE_VALUE : attribute();
      case BEFORE_VALUE -> white ? at : value(c);
      default -> white ? At.BEFORE_NAME : at;
    };
  }

  private At attribute() {
    attributes++;
    return At.NAME;
  }

  private At value(char c) {
    boolean quotes = c == '"' || c == '\'';
    quote = c;
    return quotes ? At.QUOTED : At.VALUE;
  }
}
