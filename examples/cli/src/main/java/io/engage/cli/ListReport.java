package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.dialer.ListStream;
import io.engage.dialer.listing.CheckedRow;
import io.engage.dialer.listing.ListReading;
import io.engage.dialer.listing.ListRules;
import io.engage.dialer.listing.RowProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/** Prints what is wrong with a list while it is read. */
final class ListReport {
  private final PrintStream out;
  private final boolean asJson;
  private final ObjectMapper json = new ObjectMapper();
  private long good;
  private long failed;
  private long refused;

  ListReport(PrintStream out, boolean asJson) {
    this.out = out;
    this.asJson = asJson;
  }

  /** Reads the list to its end and gives the exit code. */
  int check(InputStream bytes, ListRules rules) throws IOException {
    ListReading reading = ListReading.open(ListStream.of(bytes), rules);
    for (RowProblem problem : reading.problems()) {
      print(0, false, problem);
    }
    while (reading.hasNext()) {
      take(reading.next());
    }
    printFigures();
    out.flush();
    return reading.problems().isEmpty() && failed + refused == 0 ? 0 : 1;
  }

  private void take(CheckedRow row) throws IOException {
    boolean kept = !(row instanceof CheckedRow.Refused);
    good += row.problems().isEmpty() ? 1 : 0;
    failed += row instanceof CheckedRow.Failed ? 1 : 0;
    refused += kept ? 0 : 1;
    for (RowProblem problem : row.problems()) {
      print(row.row(), kept, problem);
    }
  }

  private void print(long row, boolean kept, RowProblem problem) throws IOException {
    if (!asJson) {
      out.println(problem);
      return;
    }
    ObjectNode object = json.createObjectNode();
    object
        .put("line", problem.line())
        .put("row", row)
        .put("column", problem.column())
        .put("columnName", problem.columnName())
        .put("code", problem.code().code())
        .put("reason", problem.reason())
        .put("kept", kept);
    out.println(json.writeValueAsString(object));
  }

  private void printFigures() throws IOException {
    if (!asJson) {
      out.printf(
          "rows=%d good=%d bad=%d failed=%d refused=%d%n",
          good + failed + refused, good, failed + refused, failed, refused);
      return;
    }
    ObjectNode figures = json.createObjectNode();
    figures
        .put("rows", good + failed + refused)
        .put("good", good)
        .put("bad", failed + refused)
        .put("failed", failed)
        .put("refused", refused);
    out.println(json.writeValueAsString(figures));
  }
}
