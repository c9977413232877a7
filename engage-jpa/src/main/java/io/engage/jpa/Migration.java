package io.engage.jpa;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One numbered step to the tables that this Engage needs. Its file is read by four rules, so that
 * nothing has to understand SQL: a comment is a whole line; a statement ends with a semicolon at
 * the end of a line; a semicolon stands nowhere else; nothing is quoted over several lines.
 */
record Migration(int number, String name, List<String> statements) {
  private static final Pattern END = Pattern.compile(";[ \\t]*(?:\\n|$)");
  private static final Pattern MISREAD = Pattern.compile(";|--|/\\*|\\$\\$");

  Migration {
    statements = List.copyOf(statements);
  }

  /**
   * @param file such as 0001_conversations.sql
   */
  static Migration parse(String file, String text) {
    int number = Integer.parseInt(file.substring(0, 4));
    String name = file.substring(5, file.length() - ".sql".length());
    String bare =
        text.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    List<String> statements = new ArrayList<>();
    for (String each : END.split(bare)) {
      if (!each.isBlank()) {
        statements.add(checked(file, each.strip()));
      }
    }
    return new Migration(number, name, statements);
  }

  private static String checked(String file, String statement) {
    boolean quotesMatch = statement.lines().allMatch(line -> quotes(line) % 2 == 0);
    if (!quotesMatch || MISREAD.matcher(statement).find()) {
      throw new IllegalArgumentException(
          "A statement of '%s' is not written as the reader of migrations needs it. It begins: %s"
              .formatted(file, statement.lines().findFirst().orElse("")));
    }
    return statement;
  }

  private static long quotes(String line) {
    return line.chars().filter(c -> c == '\'').count();
  }

  /** The same for every prefix; comments and what stands between statements do not count. */
  String checksum() {
    byte[] all = String.join(";\n", statements).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(all);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
