package io.engage.core.answering;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides how a message stands below what is written about it. */
final class Quoting {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT);
  private static final String FORWARDED = "---------- Forwarded message ----------";
  private static final String QUOTE =
      "<blockquote type=\"cite\" style=\"margin:0 0 0 8px;padding-left:8px;"
          + "border-left:2px solid #cccccc\">";

  private Quoting() {}

  /** Below an answer: who wrote it when, and then their lines behind {@code >}. */
  static Body answered(Message message, Body content) {
    String introduction = "On " + when(message) + ", " + author(message) + " wrote:";
    StringBuilder below = new StringBuilder(introduction).append('\n');
    content
        .text()
        .strip()
        .lines()
        .forEach(line -> below.append(line.startsWith(">") ? ">" : "> ").append(line).append('\n'));
    return new Body(
        below.toString(),
        "<div>" + Body.escaped(introduction) + "</div>" + QUOTE + inner(content) + "</blockquote>");
  }

  /** Below a forward: its header as its readers saw it, and then all of it as it was. */
  static Body forwarded(Message message, Body content) {
    String header = FORWARDED + '\n' + headerOf(message);
    return new Body(
        header + '\n' + content.text(),
        content.html() == null ? null : Body.escaped(header) + "<br>\n" + content.html());
  }

  /** Whoever got a hidden copy stays hidden. */
  private static String headerOf(Message message) {
    MailHeaders headers = message.headers();
    StringBuilder lines = new StringBuilder();
    line(lines, "From", people(headers.from()));
    line(lines, "Date", when(message));
    line(lines, "Subject", headers.subject());
    line(lines, "To", people(headers.to()));
    line(lines, "Cc", people(headers.cc()));
    return lines.toString();
  }

  private static void line(StringBuilder lines, String name, String value) {
    if (!value.isBlank()) {
      lines.append(name).append(": ").append(Subject.oneLine(value)).append('\n');
    }
  }

  private static String people(List<NamedAddress> people) {
    return String.join(", ", people.stream().map(NamedAddress::toString).toList());
  }

  private static String inner(Body content) {
    @Nullable String html = content.html();
    return html == null ? Body.escaped(content.text().strip()) : html;
  }

  private static String when(Message message) {
    OffsetDateTime date = message.headers().date();
    return WHEN.format(date == null ? message.at().atOffset(ZoneOffset.UTC) : date);
  }

  private static String author(Message message) {
    return message.headers().from().stream()
        .findFirst()
        .map(NamedAddress::label)
        .orElse("the sender");
  }
}
