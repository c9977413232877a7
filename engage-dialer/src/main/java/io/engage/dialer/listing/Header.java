package io.engage.dialer.listing;

import io.engage.dialer.listing.RowProblem.Code;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides by the first line of a list which of its columns holds what. A first line that is a row
 * of the campaign, in the order of the manuals, says it as well; nothing else is guessed.
 */
sealed interface Header {
  /** What parts columns, the manuals' first. */
  String SEPARATORS = ";,\t";

  /** The columns are known. */
  record Known(Columns columns) implements Header {}

  /** They are not, so no row can be read. */
  record Unknown(List<RowProblem> problems) implements Header {}

  /**
   * @param separators those that come into question
   */
  static Header decide(Line line, String separators, String campaign) {
    if (line.isTooLong()) {
      return unknown(line, Code.ROW_TOO_LONG, "The first line is no header: it is too long");
    }
    if (line.text().startsWith("PK\u0003\u0004") || line.text().startsWith("ÐÏ\u0011à")) {
      return unknown(
          line,
          Code.MISSING_COLUMN,
          "This is a workbook of a spreadsheet program. Save it as CSV and use that file");
    }
    return findColumnsOfRow(line, separators, campaign)
        .<Header>map(Known::new)
        .orElseGet(() -> ofNames(line, best(line, separators)));
  }

  private static Optional<Columns> findColumnsOfRow(Line line, String separators, String campaign) {
    return separators
        .chars()
        .mapToObj(separator -> Columns.withoutHeader((char) separator))
        .filter(columns -> columns.areRow(cells(line, columns.separator()), campaign))
        .findFirst();
  }

  /** The separator that finds the most names. */
  private static char best(Line line, String separators) {
    char best = separators.charAt(0);
    long most = 0;
    for (char separator : separators.toCharArray()) {
      long known =
          cells(line, separator).stream()
              .filter(name -> Column.findNamed(name).isPresent())
              .count();
      if (known > most) {
        best = separator;
        most = known;
      }
    }
    return best;
  }

  private static Header ofNames(Line line, char separator) {
    List<String> names = cells(line, separator).stream().map(String::strip).toList();
    Map<Column, Integer> places = new EnumMap<>(Column.class);
    List<RowProblem> problems = new ArrayList<>();
    for (int i = 0; i < names.size() && problems.size() < 10; i++) {
      place(line, i, names.get(i), places, problems);
    }
    for (Column column : List.of(Column.CAMPAIGN, Column.ADDRESS)) {
      if (!places.containsKey(column)) {
        problems.add(0, missing(line, column, names));
      }
    }
    return problems.isEmpty()
        ? new Known(new Columns(separator, names.stream().map(Text::brief).toList(), places, true))
        : new Unknown(problems);
  }

  private static void place(
      Line line, int index, String name, Map<Column, Integer> places, List<RowProblem> problems) {
    Optional<Column> column = Column.findNamed(name);
    if (column.isPresent()) {
      if (places.putIfAbsent(column.get(), index) != null) {
        problems.add(
            problem(
                line,
                index,
                name,
                Code.REPEATED_COLUMN,
                "The header has %s twice, or two names" + " for one column. Leave one of them"));
      }
    } else if (!name.isEmpty()) {
      problems.add(
          problem(
              line,
              index,
              name,
              Code.UNKNOWN_COLUMN,
              "There is no column %s. The columns are " + String.join(";", Column.headers())));
    }
  }

  private static RowProblem problem(Line line, int index, String name, Code code, String reason) {
    return new RowProblem(
        line.number(), index + 1, Text.brief(name), code, reason.formatted(Text.quoted(name)));
  }

  private static RowProblem missing(Line line, Column column, List<String> found) {
    return new RowProblem(
        line.number(),
        0,
        "",
        Code.MISSING_COLUMN,
        "The first line has no column %s. It has %s. Begin the list with %s"
            .formatted(
                Text.quoted(column.header()),
                found.stream().limit(8).map(Text::quoted).collect(Collectors.joining(", ")),
                String.join(";", Column.headers())));
  }

  private static Header unknown(Line line, Code code, String reason) {
    return new Unknown(List.of(new RowProblem(line.number(), 0, "", code, reason)));
  }

  private static List<String> cells(Line line, char separator) {
    return Cells.of(line.text(), separator).values();
  }
}
