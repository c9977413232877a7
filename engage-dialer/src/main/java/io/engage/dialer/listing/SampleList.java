package io.engage.dialer.listing;

import java.util.List;
import java.util.stream.Collectors;

/** A list to begin with, as the manuals offer one for download. */
public final class SampleList {
  private static final String LINE_BREAK = "\r\n";

  private SampleList() {}

  /** For a campaign of this name, with the variables of the manuals. */
  public static String text(String campaign) {
    return text(campaign, List.of("Var1", "Var2"));
  }

  /**
   * One row that brings its message along and one that the template is sent to, with a value for
   * each of these fields.
   */
  public static String text(String campaign, List<String> fields) {
    String name = ExportWriting.cell(campaign);
    String values =
        fields.stream()
            .map(field -> "\"%s\":\"value\"".formatted(field))
            .collect(Collectors.joining(","));
    return String.join(
        LINE_BREAK,
        String.join(";", Column.headers()),
        name + ";ana@customer.example;This is a test message.;;" + values + ";9999",
        name + ";bo@customer.example;;;" + values + ";1",
        "");
  }
}
