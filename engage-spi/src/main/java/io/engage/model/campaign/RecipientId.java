package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one recipient: a row of a list. The address does not, since the same one may stand in
 * several rows.
 *
 * @param row 1 for the first row behind the header line
 */
public record RecipientId(ListId list, long row) implements Comparable<RecipientId> {
  private static final Pattern FORM = Pattern.compile("([a-z0-9-]{1,40})/([1-9][0-9]{0,17})");

  public RecipientId {
    requireNonNull(list, "list");
    if (row < 1) {
      throw new IllegalArgumentException("Rows are counted from 1, but this is " + row);
    }
  }

  public static RecipientId of(ListId list, long row) {
    return new RecipientId(list, row);
  }

  /** What {@link #toString} wrote; empty when it is something else. */
  public static Optional<RecipientId> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new RecipientId(ListId.of(form.group(1)), Long.parseLong(form.group(2))))
        : Optional.empty();
  }

  /** By list, then by row. */
  @Override
  public int compareTo(RecipientId other) {
    int lists = list.value().compareTo(other.list.value());
    return lists != 0 ? lists : Long.compare(row, other.row);
  }

  @Override
  public String toString() {
    return list.value() + "/" + row;
  }
}
