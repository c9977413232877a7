package io.engage.dialer.listing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands in a list, in the order of the manuals, and how headers call it. */
enum Column {
  CAMPAIGN("campaign", "campaignname", "campaña", "nombrecampaña"),
  ADDRESS(
      "emailRecipient",
      "recipient",
      "recipientemail",
      "destination",
      "destinationemail",
      "email",
      "emailaddress",
      "mail",
      "address",
      "to",
      "destinatario",
      "destino",
      "correo",
      "correoelectrónico"),
  MESSAGE("message", "text", "body", "mensaje", "texto"),
  ATTACHMENTS("attachments", "attachment", "files", "file", "adjuntos", "adjunto"),
  VARIABLES("variables", "variable", "vars"),
  PRIORITY("priority", "prioridad");

  private static final int LONGEST = 100;

  private static final Map<String, Column> BY_NAME =
      Arrays.stream(values())
          .flatMap(column -> column.names.stream().map(name -> Map.entry(name, column)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String header;
  private final List<String> names;

  Column(String header, String... otherNames) {
    this.header = header;
    this.names =
        Stream.concat(Stream.of(header), Arrays.stream(otherNames)).map(Column::normal).toList();
  }

  /** The name in the manuals. */
  String header() {
    return header;
  }

  static Optional<Column> findNamed(String header) {
    return header.length() > LONGEST
        ? Optional.empty()
        : Optional.ofNullable(BY_NAME.get(normal(header)));
  }

  /** The header of the manuals. */
  static List<String> headers() {
    return Arrays.stream(values()).map(Column::header).toList();
  }

  /** Without case, accents, blanks and the signs that join words. */
  private static String normal(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("[^\\p{L}\\p{N}]+", "")
        .toLowerCase(Locale.ROOT);
  }
}
