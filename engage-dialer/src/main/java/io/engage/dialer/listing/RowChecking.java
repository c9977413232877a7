package io.engage.dialer.listing;

import io.engage.dialer.listing.RowProblem.Code;
import io.engage.dialer.listing.Rows.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Decides whether a row can be sent, and says everything that is wrong with it. */
final class RowChecking {
  /** Several are parted by commas, semicolons, bars or line breaks. */
  private static final Pattern TOKEN = Pattern.compile("[^,;|\\n\\r]++");

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final String LINES = "\r\n\t";
  private static final String ONE_LINE = "\t";
  private static final int LONGEST_ADDRESS = 320;
  private static final int MOST_NAMED = 10;

  private final Columns columns;
  private final ListRules rules;

  RowChecking(Columns columns, ListRules rules) {
    this.columns = columns;
    this.rules = rules;
  }

  /**
   * @param number of the row in its list, from 1
   */
  CheckedRow decide(long number, Row row) {
    Cells.Flaw flaw = row.flaw();
    if (flaw != null) {
      return new CheckedRow.Refused(
          number,
          row.line(),
          List.of(
              new RowProblem(
                  row.line(), flaw.cell(), columns.name(flaw.cell()), flaw.code(), flaw.reason())));
    }
    return new Check(number, row).decide();
  }

  /** One row, and what was found in it so far. */
  private final class Check {
    private final long number;
    private final Row row;
    private final List<RowProblem> problems = new ArrayList<>(0);

    Check(long number, Row row) {
      this.number = number;
      this.row = row;
    }

    CheckedRow decide() {
      checkWidth();
      checkEncoding();
      ListRow value =
          new ListRow(
              number,
              row.line(),
              campaign(),
              address(),
              message(),
              attachments(),
              variables(),
              priority());
      checkFields(value);
      if (problems.isEmpty()) {
        return new CheckedRow.Good(value);
      }
      return problems.stream().allMatch(problem -> problem.code().keepsRow())
          ? new CheckedRow.Failed(cleaned(value), problems)
          : new CheckedRow.Refused(number, row.line(), problems);
    }

    /** Most often a separator within a message that has no quotes. */
    private void checkWidth() {
      List<String> cells = row.cells();
      for (int i = columns.names().size(); i < cells.size(); i++) {
        if (!cells.get(i).isBlank()) {
          add(
              i + 1,
              Code.TOO_MANY_COLUMNS,
              "The row has more columns than the header. Put cells that hold '%s' in quotes"
                  .formatted(Cells.name(columns.separator())));
          return;
        }
      }
    }

    private void checkEncoding() {
      for (int i = 0; i < row.cells().size(); i++) {
        if (row.cells().get(i).indexOf('\uFFFD') >= 0) {
          add(
              i + 1,
              Code.BROKEN_ENCODING,
              "A character cannot be read. Save the list as UTF-8, and write the character anew");
          return;
        }
      }
    }

    private String campaign() {
      String campaign = cell(Column.CAMPAIGN).strip();
      if (!Columns.isSame(campaign, rules.campaign())) {
        add(
            Column.CAMPAIGN,
            Code.OTHER_CAMPAIGN,
            campaign.isEmpty()
                ? "The campaign is missing. Write %s".formatted(Text.quoted(rules.campaign()))
                : "The campaign is %s, but this list is for %s"
                    .formatted(Text.quoted(campaign), Text.quoted(rules.campaign())));
      }
      return campaign;
    }

    private String address() {
      String address = cell(Column.ADDRESS).strip();
      if (address.isEmpty()) {
        add(Column.ADDRESS, Code.MISSING_ADDRESS, "The address of the recipient is missing");
      } else if (!Text.isClean(address, "") || Addresses.endsCommands(address)) {
        addForbidden(Column.ADDRESS, "The address");
      } else if (!Addresses.isAddress(address)) {
        add(
            Column.ADDRESS,
            Code.INVALID_ADDRESS,
            "This is no e-mail address, so nothing is sent to it");
      }
      return address;
    }

    private String message() {
      String message = cell(Column.MESSAGE);
      if (!Text.isClean(message, LINES)) {
        addForbidden(Column.MESSAGE, "The message");
      }
      return message.isBlank() ? "" : message;
    }

    private List<String> attachments() {
      String cell = cell(Column.ATTACHMENTS);
      if (cell.isBlank()) {
        return List.of();
      }
      Set<String> known = new LinkedHashSet<>();
      Matcher tokens = TOKEN.matcher(cell);
      while (tokens.find()) {
        String token = tokens.group().strip();
        if (rules.attachments().contains(token)) {
          known.add(token);
        } else if (!token.isEmpty()) {
          add(
              Column.ATTACHMENTS,
              Code.UNKNOWN_ATTACHMENT,
              "There is no uploaded file %s. Upload it, and paste the text that it gives"
                  .formatted(Text.quoted(token)));
          return List.of();
        }
      }
      return List.copyOf(known);
    }

    private Map<String, String> variables() {
      Variables variables = Variables.decide(cell(Column.VARIABLES));
      if (variables instanceof Variables.Unreadable unreadable) {
        add(Column.VARIABLES, unreadable.flaw().code(), unreadable.flaw().reason());
        return Map.of();
      }
      Map<String, String> values = ((Variables.Read) variables).values();
      values.entrySet().stream()
          .filter(each -> !isOneLine(each.getKey()) || !isOneLine(each.getValue()))
          .findFirst()
          .ifPresent(
              each -> addForbidden(Column.VARIABLES, "The variable " + Text.quoted(each.getKey())));
      return values;
    }

    private boolean isOneLine(String text) {
      return Text.isClean(text, ONE_LINE);
    }

    private int priority() {
      String priority = cell(Column.PRIORITY).strip();
      if (priority.isEmpty()) {
        return ListRow.LAST_PRIORITY;
      }
      if (WHOLE_NUMBER.matcher(priority).matches()) {
        return Integer.parseInt(priority);
      }
      add(
          Column.PRIORITY,
          Code.INVALID_PRIORITY,
          "The priority %s is no whole number from 1 to 999999999"
              .formatted(Text.quoted(priority)));
      return ListRow.LAST_PRIORITY;
    }

    /** Variables that could not be read are not missing as well. */
    private void checkFields(ListRow value) {
      Set<String> missing = new TreeSet<>(rules.fields());
      missing.addAll(
          value.message().isEmpty() ? rules.templateFields() : fieldsOf(value.message()));
      missing.removeAll(value.variables().keySet());
      missing.removeAll(rules.given());
      if (!missing.isEmpty() && problems.stream().noneMatch(RowChecking.this::isOfVariables)) {
        add(
            Column.VARIABLES,
            Code.MISSING_VARIABLE,
            "There is no value for "
                + missing.stream()
                    .limit(MOST_NAMED)
                    .map(name -> named(name, value.variables()))
                    .collect(Collectors.joining(", ")));
      }
    }

    private Set<String> fieldsOf(String message) {
      MessageFields fields = MessageFields.decide(message);
      if (fields instanceof MessageFields.Unreadable unreadable) {
        add(Column.MESSAGE, Code.UNREADABLE_MESSAGE, unreadable.reason());
        return Set.of();
      }
      return ((MessageFields.Named) fields).names();
    }

    private String cell(Column column) {
      return columns.value(column, row.cells());
    }

    private void addForbidden(Column column, String what) {
      add(
          column,
          Code.FORBIDDEN_CHARACTER,
          what + " has a line break or another control character. Remove it");
    }

    private void add(Column column, Code code, String reason) {
      problems.add(
          new RowProblem(row.line(), columns.number(column), columns.name(column), code, reason));
    }

    private void add(int cell, Code code, String reason) {
      problems.add(new RowProblem(row.line(), cell, columns.name(cell), code, reason));
    }
  }

  private boolean isOfVariables(RowProblem problem) {
    return problem.code() == Code.UNREADABLE_VARIABLES || problem.code() == Code.REPEATED_VARIABLE;
  }

  /** With the name that it was perhaps mistaken for. */
  private static String named(String name, Map<String, String> values) {
    return values.keySet().stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .map(other -> "%s (it is written %s)".formatted(Text.quoted(name), Text.quoted(other)))
        .orElseGet(() -> Text.quoted(name));
  }

  /** What a store keeps and an export shows of a row that is never sent. */
  private static ListRow cleaned(ListRow row) {
    String address = row.address();
    return new ListRow(
        row.row(),
        row.line(),
        row.campaign(),
        Text.replaced(address.substring(0, Math.min(address.length(), LONGEST_ADDRESS)), ""),
        Text.replaced(row.message(), LINES),
        row.attachments(),
        row.variables().entrySet().stream()
            .collect(
                Collectors.toMap(
                    each -> Text.replaced(each.getKey(), ONE_LINE),
                    each -> Text.replaced(each.getValue(), ONE_LINE),
                    (first, second) -> first,
                    LinkedHashMap::new)),
        row.priority());
  }
}
