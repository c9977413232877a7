package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a list, and what became of it.
 *
 * @param address as the list has it, which may be none at all: such a recipient has failed
 * @param priority lower ones go first
 */
public record Recipient(
    RecipientId id, String address, int priority, Row row, RecipientState state) {
  /** Of a row that says nothing of its priority. */
  public static final int USUAL_PRIORITY = 9999;

  /**
   * What a row says besides.
   *
   * @param message its own text; empty when the campaign's template serves
   * @param attachments tokens of files, in order
   * @param variables what fields are filled with, in the order of the row
   */
  public record Row(String message, List<String> attachments, Map<String, String> variables) {
    /** Of a row that says nothing. */
    public static final Row EMPTY = new Row("", List.of(), Map.of());

    public Row {
      requireNonNull(message, "message");
      attachments = List.copyOf(attachments);
      variables = inOrder(variables);
    }

    /** A million rows with a variable or two are held at once: few need a table each. */
    private static Map<String, String> inOrder(Map<String, String> variables) {
      return variables.size() < 2
          ? Map.copyOf(variables)
          : Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    @Override
    public String toString() {
      return "Row[%d variables]".formatted(variables.size());
    }
  }

  public Recipient {
    requireNonNull(id, "id");
    requireNonNull(address, "address");
    requireNonNull(row, "row");
    requireNonNull(state, "state");
  }

  public Recipient withState(RecipientState newState) {
    return new Recipient(id, address, priority, row, newState);
  }

  /** Who it is stays out of logs. */
  @Override
  public String toString() {
    return "Recipient[%s, %s]".formatted(id, state.status().code());
  }
}
