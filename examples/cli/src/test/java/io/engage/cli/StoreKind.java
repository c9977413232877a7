package io.engage.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The databases over which the command is tried: H2 in a folder, and a PostgreSQL that lives as
 * long as the test run, or the one that {@code ENGAGE_TEST_JDBC_URL} names.
 */
enum StoreKind {
  H2,
  POSTGRESQL;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** The address of a new, empty one, with user and password if it needs them. */
  String empty(Path folder) {
    return this == H2 ? "jdbc:h2:" + folder.resolve("store") : emptySchema();
  }

  /** The options that give a new, empty one to the command: its address tells no password. */
  List<String> options(Path folder) throws IOException {
    String address = empty(folder);
    Map<String, String> query = query(address);
    List<String> options = new ArrayList<>();
    if (query.containsKey("user")) {
      options.addAll(List.of("--store-user", query.remove("user")));
    }
    if (query.containsKey("password")) {
      Path file = Files.writeString(folder.resolve("store-password"), query.remove("password"));
      options.addAll(List.of("--store-password-file", file.toString()));
    }
    String kept = query.isEmpty() ? "" : "?" + encoded(query);
    options.addAll(List.of("--store", address.split("\\?", 2)[0] + kept));
    return options;
  }

  private static Map<String, String> query(String address) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String each : address.replaceFirst("^[^?]*\\??", "").split("&")) {
      String[] pair = each.split("=", 2);
      if (pair.length == 2) {
        query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static String encoded(Map<String, String> query) {
    return query.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** These arguments and those. */
  static String[] with(List<String> options, String... arguments) {
    return Stream.concat(Stream.of(arguments), options.stream()).toArray(String[]::new);
  }

  private static String emptySchema() {
    String schema =
        "command_%d_%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
    try (Connection connection = DriverManager.getConnection(Server.URL);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema " + schema);
    } catch (SQLException e) {
      throw new IllegalStateException("The test database takes no new schema", e);
    }
    return Server.URL + (Server.URL.contains("?") ? "&" : "?") + "currentSchema=" + schema;
  }

  private static final class Server {
    static final String URL = url();

    private Server() {}

    private static String url() {
      String given = System.getenv("ENGAGE_TEST_JDBC_URL");
      if (given != null) {
        return given;
      }
      try {
        return EmbeddedPostgres.start().getJdbcUrl("postgres", "postgres");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
