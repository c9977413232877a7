package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

/**
 * Names one recipient: a row of a list. The address does not, since the same one may stand in
 * several rows.
 *
 * @param row 1 for the first row behind the header line
 */
public record RecipientId(ListId list, long row) implements Comparable<RecipientId> {
  public RecipientId {
    requireNonNull(list, "list");
    if (row < 1) {
      throw new IllegalArgumentException("Rows are counted from 1, but this is " + row);
    }
  }

  public static RecipientId of(ListId list, long row) {
    return new RecipientId(list, row);
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
