package io.engage.examples.posdemo;

import io.engage.core.OpenedMessage;
import io.engage.core.ReadMail;
import io.engage.core.SyncProgress;
import io.engage.core.SyncReport;
import io.engage.core.sanitizing.SafeHtml;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.Customer;
import io.engage.model.message.Attachment;
import io.engage.model.message.Channel;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import java.io.PrintStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells the story on a terminal. */
final class ConsoleNarrator implements Narrator {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH).withZone(ShopClock.ZONE);
  private static final int WIDTH = 96;

  private final PrintStream out;

  ConsoleNarrator(PrintStream out) {
    this.out = out;
  }

  @Override
  public void chapter(String title) {
    out.printf("%n== %s %s%n", title, "=".repeat(Math.max(3, WIDTH - 4 - title.length())));
  }

  @Override
  public void tell(String sentence) {
    out.println();
    wrapped(sentence, WIDTH).forEach(out::println);
  }

  private static List<String> wrapped(String sentence, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : clean(sentence).split(" ")) {
      if (line.length() + word.length() > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  @Override
  public void progress(SyncProgress progress) {
    out.printf(
        "  %-8s  %d of %d mails, %,d bytes%n",
        progress.folder().account(), progress.done(), progress.expected(), progress.bytes());
  }

  @Override
  public void imported(SyncReport report) {
    out.printf(
        "  %-8s  %d imported, %d known already, %d quarantined, %d commits%n",
        report.account(),
        report.imported(),
        report.duplicates(),
        report.quarantined(),
        report.commits());
  }

  @Override
  public void list(String title, List<Line> lines) {
    out.printf("%n%s (%d)%n", title, lines.size());
    lines.forEach(this::line);
  }

  private void line(Line line) {
    Conversation conversation = line.conversation();
    out.printf(
        "  %s  %-4s %-2s %s  %s  %s%s%n",
        time(conversation.lastMessageAt()),
        conversation.channel() == Channel.SMS ? "SMS" : "mail",
        conversation.unread() > 0 ? "*" + conversation.unread() : "",
        column(line.customer().isEmpty() ? line.from() : line.customer(), 28),
        line.customer().isEmpty() ? "     new" : "customer",
        cut(conversation.subject().isEmpty() ? "(no subject)" : conversation.subject(), 36),
        line.assignee().isEmpty() ? "" : " -> " + line.assignee());
  }

  @Override
  public void opened(OpenedMessage opened) {
    Message message = opened.message();
    out.printf("%n  +- %s  %s%n", clean(message.headers().subject()), time(message.at()));
    out.printf(
        "  |  from %s (%s%s%s)%n",
        sender(message),
        message.kind().code(),
        ", sender " + message.trust().code(),
        opened.conversation().findCustomer().map(id -> ", customer " + id).orElse(""));
    words(opened.content()).lines().forEach(line -> quote("", line));
    int folded = opened.content().folded().folds().size();
    if (folded > 0) {
      quote(
          "", "[+ %s of history, folded]".formatted(folded == 1 ? "a piece" : folded + " pieces"));
    }
    html(opened.content().html());
    message.attachments().forEach(this::attachment);
    opened.content().mail().warnings().forEach(warning -> quote("odd: ", warning));
    out.println("  +-");
  }

  /** A gateway writes around a text message what nobody wants to read. */
  private static String words(ReadMail content) {
    return content.classification().sms() == null
        ? content.folded().visible()
        : content.classification().sms().text();
  }

  private void html(@Nullable SafeHtml html) {
    if (html != null && html.blockedRemoteImages() > 0) {
      quote("", "[%d images from elsewhere not fetched]".formatted(html.blockedRemoteImages()));
    }
  }

  private void attachment(Attachment file) {
    quote(
        "file: ",
        "%s, %s, %,d bytes%s"
            .formatted(
                file.name(),
                file.contentType(),
                file.size(),
                file.inline() ? ", in the text" : ""));
  }

  @Override
  public void saved(SavedFile file) {
    out.printf(
        "%n  saved '%s' (%s, %,d bytes), SHA-256 %s...%n",
        clean(file.name()),
        clean(file.contentType()),
        file.bytes(),
        file.sha256().substring(0, 16));
  }

  @Override
  public void say(String name, String words) {
    String first = column(name, 16);
    for (String line : wrapped(words, WIDTH - 20)) {
      out.println(("  " + first + "  " + line).stripTrailing());
      first = " ".repeat(16);
    }
  }

  @Override
  public void arrived(String whose, ArrivedMail mail) {
    out.printf("%n  +- what %s mail server has%n", whose);
    quote("From: ", mail.from());
    quote("To: ", mail.to());
    if (!mail.cc().isEmpty()) {
      quote("Cc: ", mail.cc());
    }
    quote("Subject: ", mail.subject());
    quote("Message-ID: ", mail.thread().messageId());
    quote("In-Reply-To: ", mail.thread().inReplyTo());
    quote("References: ", mail.thread().references());
    quote("", "");
    mail.text().lines().forEach(line -> quote("", line));
    out.println("  +-");
  }

  @Override
  public void answers(List<Answer> answers) {
    answers.forEach(each -> out.printf("  %s  %s%n", column(each.subject(), 40), each.answer()));
  }

  @Override
  public void history(Customer customer, List<Message> messages) {
    out.printf("%n  %s, %s, %s%n", customer.name(), customer.id(), customer.addresses());
    messages.forEach(this::historyLine);
  }

  private void historyLine(Message message) {
    out.printf(
        "  %s  %-4s %s %-9s %s%n",
        time(message.at()),
        message.channel() == Channel.SMS ? "SMS" : "mail",
        message.direction() == Direction.INBOUND ? "<-" : "->",
        message.inbox(),
        cut(message.preview(), 64));
  }

  @Override
  public void trail(List<AuditEntry> entries) {
    entries.forEach(
        entry ->
            out.printf(
                "  %s  %-15s %s%n",
                time(entry.at()), entry.actor().name(), cut(AuditWords.of(entry.fact()), 110)));
  }

  private void quote(String label, String text) {
    out.println(("  |  " + label + clean(text)).stripTrailing());
  }

  private static String sender(Message message) {
    if (message.phone() != null) {
      return message.phone().value();
    }
    return message.headers().from().stream()
        .findFirst()
        .map(NamedAddress::toString)
        .map(ConsoleNarrator::clean)
        .orElse("nobody");
  }

  private static String time(Instant at) {
    return DAY_AND_TIME.format(at);
  }

  private static String column(String text, int width) {
    String cut = cut(text, width);
    return cut + " ".repeat(Math.max(0, width - cut.length()));
  }

  private static String cut(String text, int width) {
    String clean = clean(text);
    return clean.length() <= width ? clean : clean.substring(0, width - 1) + "…";
  }

  /** What strangers wrote must not move the cursor or recolour the terminal. */
  private static String clean(String text) {
    return text.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
