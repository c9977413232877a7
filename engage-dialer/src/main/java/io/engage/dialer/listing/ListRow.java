package io.engage.dialer.listing;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a list. Its number, not its address, tells it from the others of the list: two rows may
 * have one address.
 *
 * @param row from 1, counts the rows below the header, the bad ones too; blank lines do not count
 * @param line where it begins in the file, from 1
 * @param campaign as it is written in the row
 * @param message empty when the template is to be sent
 * @param attachments the tokens of files that were uploaded before, each once
 * @param variables in the order of the row
 * @param priority 1 goes first
 */
public record ListRow(
    long row,
    long line,
    String campaign,
    String address,
    String message,
    List<String> attachments,
    Map<String, String> variables,
    int priority) {
  /** The priority of a row that names none. */
  public static final int LAST_PRIORITY = 9999;

  public ListRow {
    requireNonNull(campaign, "campaign");
    requireNonNull(address, "address");
    requireNonNull(message, "message");
    attachments = List.copyOf(attachments);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /** Without what it says and to whom. */
  @Override
  public String toString() {
    return "ListRow[row %d, line %d]".formatted(row, line);
  }
}
