package io.engage.core.classifying;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a report in words is about, and what it says of each. */
final class FailedRecipients {
  private static final int MOST_RECIPIENTS = 200;
  private static final int LONGEST_DETAILS = 4_000;
  private static final int LONGEST_DIAGNOSTIC = 1_000;

  /** A line that is about the address it starts with: alone, or followed by what was said. */
  private static final Pattern RECIPIENT_LINE =
      Pattern.compile(
          "(?:[*•·-] ?|[45][0-9]{2}[ -](?:[45]\\.[0-9.]{3,7} )?|(?:recipient|recipient address|address"
              + "|user|destinatario|destinataire|empfänger|an|e-mail|email|収件者|受信者|宛先|收件人|收件者)s?[:\uff1a] ?)?(?:\\[?smtp:|<|mailto:|\")?"
              + "([^\\s<>@,;:\uff1a\"()\\[\\]]{1,64}@[^\\s<>@,;:\uff1a\"()\\[\\]]{1,255}?)"
              + "(?:[>\"\\]]{0,2}[:,;.]?\\s*|>?\\s*\\([^()]{0,300}\\)\\s*:?|>?(?:\\.\\.\\.|:| on [a-z]{3},|\\s*<mailto:"
              + "|\\s*\\[| - |\\s+(?=[45][0-9]{2}[ -]))(.{0,2000}))",
          Pattern.CASE_INSENSITIVE);

  private FailedRecipients() {}

  /**
   * What is known besides the report's words.
   *
   * @param failed named in X-Failed-Recipients
   * @param returned to whom the returned mail was addressed
   * @param own to whom the report was sent, in lower case
   */
  record Known(Set<String> failed, List<String> returned, Set<String> own) {}

  static List<BouncedRecipient> decide(List<String> report, Known known, String action) {
    Map<String, StringBuilder> details = details(report, known);
    List<BouncedRecipient> found = new ArrayList<>();
    String everything = String.join("\n", report);
    details.forEach(
        (address, said) ->
            found.add(
                recipient(
                    address, said.toString(), details.size() == 1 ? everything : "", action)));
    return found;
  }

  private static BouncedRecipient recipient(
      String address, String details, String around, String action) {
    String diagnostic = diagnostic(details.isBlank() ? around : details);
    BounceReason reason = BounceReason.of("", diagnostic, details + '\n' + around);
    boolean failed = action.equals("failed");
    return new BouncedRecipient(
        address,
        action,
        reason.status(),
        reason.replyCode(),
        diagnostic,
        failed ? reason.category() : softened(action),
        failed && reason.isPermanent());
  }

  private static BounceCategory softened(String action) {
    return action.equals("delayed") ? BounceCategory.TEMPORARY : BounceCategory.OTHER;
  }

  /** The lines about each recipient: below its own line, or wherever its address is named. */
  private static Map<String, StringBuilder> details(List<String> report, Known known) {
    Map<String, StringBuilder> details = new LinkedHashMap<>();
    Map<String, String> spelling = new LinkedHashMap<>();
    names(report, known)
        .forEach(
            address -> {
              if (spelling.size() < MOST_RECIPIENTS
                  && spelling.putIfAbsent(address.toLowerCase(Locale.ROOT), address) == null) {
                details.put(address, new StringBuilder());
              }
            });
    String current = details.size() == 1 ? details.keySet().iterator().next() : "";
    boolean seen = false;
    for (String line : report) {
      String named = namedIn(line, spelling);
      current = named.isEmpty() ? current : named;
      seen = seen || !named.isEmpty();
      StringBuilder said = details.get(current);
      if (said != null && seen && said.length() < LONGEST_DETAILS) {
        said.append(aboutRecipient(line)).append('\n');
      }
    }
    return details;
  }

  private static String namedIn(String line, Map<String, String> spelling) {
    if (line.indexOf('@') < 0) {
      return "";
    }
    for (String address : ReturnedMail.findAddresses(line)) {
      String known = spelling.get(address.toLowerCase(Locale.ROOT));
      if (known != null) {
        return known;
      }
    }
    return "";
  }

  /** Without the address itself where the line starts with it. */
  private static String aboutRecipient(String line) {
    Matcher matcher = RECIPIENT_LINE.matcher(line.strip());
    boolean bare = matcher.matches() && !Character.isDigit(line.strip().charAt(0));
    return bare ? (matcher.group(2) == null ? "" : matcher.group(2).strip()) : line.strip();
  }

  private static List<String> names(List<String> report, Known known) {
    if (!known.failed.isEmpty()) {
      return known.failed.stream().sorted().toList();
    }
    List<String> ownLines = withoutOwn(onOwnLines(report), known);
    if (!ownLines.isEmpty()) {
      return ownLines;
    }
    List<String> commands = inCommands(report);
    if (!commands.isEmpty()) {
      return commands;
    }
    List<String> sentences = withoutOwn(inSentences(report), known);
    if (sentences.size() == 1 || known.returned.isEmpty()) {
      return sentences;
    }
    return known.returned.size() == 1 ? known.returned : sentences;
  }

  static boolean namesOnOwnLine(List<String> report, Known known) {
    return !withoutOwn(onOwnLines(report), known).isEmpty();
  }

  private static List<String> onOwnLines(List<String> report) {
    List<String> found = new ArrayList<>();
    for (String line : report) {
      Matcher matcher = RECIPIENT_LINE.matcher(line.strip());
      if (line.indexOf('@') > 0 && matcher.matches()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  private static List<String> inCommands(List<String> report) {
    return report.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).contains("rcpt to"))
        .flatMap(line -> ReturnedMail.findAddresses(line).stream())
        .distinct()
        .toList();
  }

  private static List<String> inSentences(List<String> report) {
    return report.stream()
        .filter(line -> line.indexOf('@') > 0 && !line.startsWith(">"))
        .limit(500)
        .flatMap(line -> ReturnedMail.findAddresses(line).stream())
        .filter(address -> !Sender.isProgram(address.substring(0, address.indexOf('@'))))
        .distinct()
        .toList();
  }

  private static List<String> withoutOwn(List<String> addresses, Known known) {
    return addresses.stream()
        .filter(address -> !known.own.contains(address.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** The server's own words: from the line with its code to the next empty line. */
  private static String diagnostic(String details) {
    List<String> lines = details.lines().toList();
    int start = lineWithCode(lines);
    StringBuilder said = new StringBuilder();
    for (int i = Math.max(start, 0); i < lines.size() && said.length() < LONGEST_DIAGNOSTIC; i++) {
      boolean blank = lines.get(i).isBlank();
      if (blank && said.length() > 0 && start >= 0) {
        break;
      }
      said.append(blank ? "" : lines.get(i).strip() + " ");
    }
    String all = said.toString().strip();
    return all.length() > LONGEST_DIAGNOSTIC ? all.substring(0, LONGEST_DIAGNOSTIC) : all;
  }

  private static int lineWithCode(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (BounceReason.findStatus(line) != null || BounceReason.findReplyCode(line) != null) {
        return i;
      }
    }
    return -1;
  }
}
