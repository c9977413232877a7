package io.engage.core.folding;

import io.engage.core.folding.HeaderLabels.Label;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines "From: … Sent: … To: … Subject: …" that Outlook and others put above history. */
final class HeaderBlocks {
  private static final int MOST_LINES = 14;
  private static final int MOST_LINES_APART = 24;
  private static final int MOST_BLANK = 2;
  private static final int FEWEST_UNKNOWN = 4;
  private static final int SHORTEST_RULE = 5;
  private static final Set<Label> FIRST = EnumSet.of(Label.FROM, Label.DATE, Label.SUBJECT);
  private static final Set<Label> WHOLE =
      EnumSet.of(Label.FROM, Label.DATE, Label.TO, Label.SUBJECT);
  private static final Pattern TIME = Pattern.compile("[0-9][:.][0-5][0-9](?![0-9])");
  private static final Pattern YEAR = Pattern.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])");
  private static final Pattern FIELD = Pattern.compile("[\\p{L} ]{2,20}: *[\\p{L}0-9]");
  private static final Pattern ANY_FIELD = Pattern.compile("\\*?\\p{L}[^:@<]{0,23}: ?\\S");
  private static final Pattern ADDRESS = Pattern.compile("<[^\\s<>@]{1,64}@[^\\s<>@]{1,255}>");

  private final List<Line> lines;
  private final int first;
  private final Set<Label> seen = EnumSet.noneOf(Label.class);
  private boolean fromAddress;
  private boolean addressed;
  private boolean timed;
  private boolean sent;
  private boolean asSent;
  private boolean apart;
  private int end;

  private HeaderBlocks(List<Line> lines, int first) {
    this.lines = lines;
    this.first = first;
    this.end = first;
  }

  /** The line after the block that starts at line {@code first}; -1 when none starts there. */
  static int findEnd(List<Line> lines, int first) {
    Label label = label(lines, first);
    if (label == null) {
      return isBelowRule(lines, first) ? findUnknownEnd(lines, first) : -1;
    }
    if (!FIRST.contains(label) || isBelowRecipient(lines, first)) {
      return -1;
    }
    HeaderBlocks block = new HeaderBlocks(lines, first);
    block.read();
    return block.isBlock() && (block.isPlain() || !block.isOfForm()) ? block.end : -1;
  }

  private void read() {
    for (int i = first; i >= 0 && i < lines.size() && i < last(); i = next(i)) {
      Label label = label(lines, i);
      if (label == null ? !continues(i) : isAnotherBlock(label)) {
        return;
      }
      if (label != null) {
        note(label, lines.get(i).words());
      }
      end = i + 1;
    }
  }

  private boolean isAnotherBlock(Label label) {
    return FIRST.contains(label) && seen.contains(label);
  }

  private int last() {
    return first + (apart ? MOST_LINES_APART : MOST_LINES);
  }

  private void note(Label label, String words) {
    boolean address = words.indexOf('@') > 0;
    fromAddress |= label == Label.FROM && address;
    addressed |= (label == Label.FROM || label == Label.TO) && address;
    timed |= label == Label.DATE && TIME.matcher(words).find();
    sent |= label == Label.DATE && HeaderLabels.isSent(words);
    asSent |= label == Label.DATE && (sent || !seen.contains(Label.TO));
    seen.add(label);
  }

  /** The next line of the block, past blank ones when a label follows; -1 when none does. */
  private int next(int i) {
    int next = i + 1;
    while (next < lines.size() && next <= i + MOST_BLANK && isAlike(next) && isBlank(next)) {
      next++;
    }
    if (next >= lines.size() || !isAlike(next)) {
      return -1;
    }
    if (next == i + 1) {
      return next;
    }
    Label label = label(lines, next);
    boolean more = label != null && label != Label.OTHER && !seen.contains(label);
    apart |= more;
    return more ? next : -1;
  }

  private boolean isAlike(int i) {
    return lines.get(i).isQuoted() == lines.get(first).isQuoted();
  }

  private boolean isBlank(int i) {
    return lines.get(i).isBlank();
  }

  /** "From: Paris, To: London, Date: 3 May" is what a customer writes about a journey. */
  private boolean isBlock() {
    boolean date = seen.contains(Label.DATE);
    boolean to = seen.contains(Label.TO);
    return seen.contains(Label.FROM)
        && (seen.contains(Label.SUBJECT) ? date || to : fromAddress && date && to)
        && (fromAddress || timed)
        && (addressed || asSent)
        && (!apart || fromAddress || (timed && asSent));
  }

  /** A long list of recipients goes on in the next line, and then another label comes. */
  private boolean continues(int i) {
    return lines.get(i).words().indexOf('@') > 0
        && i + 1 < lines.size()
        && label(lines, i + 1) != null;
  }

  /** As no form has it, so that "Tel: 600 123" above it is a signature. */
  private boolean isPlain() {
    return fromAddress && timed && sent && seen.containsAll(WHOLE);
  }

  private boolean isOfForm() {
    return isOfForm(lines, first - 1, first) || isOfForm(lines, end, first);
  }

  /**
   * "Name: Ana" right above, or "Message: call me" right below, as forms of web sites have them.
   */
  private static boolean isOfForm(List<Line> lines, int i, int first) {
    if (i < 0 || i >= lines.size() || lines.get(i).isQuoted() != lines.get(first).isQuoted()) {
      return false;
    }
    return label(lines, i) == null && FIELD.matcher(lines.get(i).words()).lookingAt();
  }

  /** Letters start with whom they go to, mail programs never do. */
  private static boolean isBelowRecipient(List<Line> lines, int first) {
    return first > 0 && label(lines, first - 1) == Label.TO;
  }

  private static boolean isBelowRule(List<Line> lines, int i) {
    if (i == 0 || lines.get(i).words().isEmpty()) {
      return false;
    }
    String above = lines.get(i - 1).words();
    return above.length() >= SHORTEST_RULE
        && (above.startsWith("_____") || above.startsWith("-----"))
        && above.charAt(above.length() - 1) == above.charAt(0);
  }

  /**
   * A block in a language that is not known: below a rule a name with its address, then a date, and
   * nothing but fields.
   */
  private static int findUnknownEnd(List<Line> lines, int first) {
    boolean dated = false;
    int end = first;
    while (end < lines.size() && end - first < MOST_LINES && isAnyField(lines.get(end))) {
      String words = lines.get(end++).words();
      dated |= TIME.matcher(words).find() && YEAR.matcher(words).find();
    }
    return dated
            && end - first >= FEWEST_UNKNOWN
            && ADDRESS.matcher(lines.get(first).words()).find()
        ? end
        : -1;
  }

  private static boolean isAnyField(Line line) {
    return !line.isQuoted() && ANY_FIELD.matcher(line.words()).lookingAt();
  }

  private static @Nullable Label label(List<Line> lines, int i) {
    return HeaderLabels.of(lines.get(i).words());
  }
}
