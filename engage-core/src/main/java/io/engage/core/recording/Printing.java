package io.engage.core.recording;

import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Attachment;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import io.engage.model.writing.Note;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation as one page for paper, piece by piece: {@link #opening}, each {@link
 * #message}, {@link #note} and {@link #trail} if they are wanted, {@link #closing}. The page needs
 * nothing else, loads nothing, and runs nothing; browsers are told so once more.
 */
public final class Printing {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private static final String STYLE =
      """
      @page { margin: 18mm 15mm; }
      body { font: 10.5pt/1.4 sans-serif; color: #000; background: #fff; margin: 1em auto;
        max-width: 52em; }
      h1 { font-size: 14pt; margin: 0 0 .4em; }
      h2 { font-size: 12pt; margin: 1.6em 0 .4em; }
      table.facts { border-collapse: collapse; font-size: 9.5pt; }
      table.facts th { text-align: left; vertical-align: top; font-weight: bold;
        padding: 0 1em 0 0; white-space: nowrap; }
      table.facts td { overflow-wrap: anywhere; }
      article { border-top: 1pt solid #666; margin-top: 1.2em; padding-top: .6em; }
      article > table.facts, h1, h2 { break-after: avoid; }
      div.body { margin-top: .8em; overflow: hidden; overflow-wrap: anywhere; }
      div.body pre { white-space: pre-wrap; font: inherit; }
      div.body img, div.body table { max-width: 100%; }
      div.body img { height: auto; }
      ul.trail { font-size: 9pt; padding-left: 1.2em; }
      p.gone { font-style: italic; }
      """;

  private Printing() {}

  /** Everything before the first message. */
  public static String opening(PrintedRecording recording) {
    Conversation conversation = recording.conversation();
    String title = conversation.subject().isBlank() ? "(no subject)" : conversation.subject();
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
    style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
    <title>%s</title>
    <style>
    %s</style></head>
    <body>
    <h1>%s</h1>
    <table class="facts">
    %s</table>
    """
        .formatted(Markup.escaped(title), STYLE, Markup.apart(title), facts(recording));
  }

  private static String facts(PrintedRecording recording) {
    Conversation conversation = recording.conversation();
    ZoneId zone = recording.zone();
    Instant completedAt = conversation.state().completedAt();
    return Markup.row("Conversation", conversation.number() + " (" + conversation.id() + ")")
        + Markup.row("Inbox", recording.inbox())
        + Markup.row("With", conversation.participants().stream().map(Address::value).toList())
        + Markup.row("Handled by", recording.agents())
        + Markup.row("Opened", time(conversation.openedAt(), zone))
        + Markup.row("Completed", completedAt == null ? "no" : time(completedAt, zone))
        + Markup.row("Tags", List.copyOf(conversation.state().tags()))
        + Markup.row("Printed", time(recording.printedAt(), zone))
        + Markup.row("Printed by", recording.printedBy());
  }

  /**
   * One message.
   *
   * @param body from {@link #text}, {@link #html} or {@link #gone}
   */
  public static String message(Message message, String body, ZoneId zone) {
    return "<article>\n<table class=\"facts\">\n%s</table>\n<div class=\"body\">%s</div>\n%s</article>\n"
        .formatted(header(message, zone), body, attachments(message));
  }

  private static String header(Message message, ZoneId zone) {
    MailHeaders headers = message.headers();
    return Markup.row(
            message.direction() == Direction.INBOUND ? "Received" : "Written",
            time(message.at(), zone))
        + Markup.row("Number", message.phone() == null ? "" : message.phone().value())
        + people("From", headers.from())
        + people("To", headers.to())
        + people("Cc", headers.cc())
        + people("Bcc", headers.bcc())
        + people("Reply-To", headers.replyTo())
        + Markup.row("Subject", headers.subject())
        + Markup.row("Message-ID", messageId(headers.messageId()))
        + delivery(message);
  }

  private static String people(String label, List<NamedAddress> people) {
    return Markup.row(label, people.stream().map(NamedAddress::toString).toList());
  }

  private static String messageId(@Nullable RfcMessageId id) {
    return id == null ? "" : id.value();
  }

  private static String delivery(Message message) {
    if (message.direction() == Direction.INBOUND) {
      return "";
    }
    return Markup.row("Delivery", message.state().delivery().code())
        + Markup.row(
            "Not reached", message.state().unreached().stream().map(Address::value).toList());
  }

  private static String attachments(Message message) {
    List<Attachment> all = message.attachments();
    return all.isEmpty()
        ? ""
        : "<table class=\"facts\">\n"
            + Markup.row("Attachments", all.stream().map(Printing::attachment).toList())
            + "</table>\n";
  }

  private static String attachment(Attachment attachment) {
    return "%s (%s, %d bytes)"
        .formatted(attachment.name(), attachment.contentType(), attachment.size());
  }

  /** The body of a message that has text alone. */
  public static String text(String text) {
    return "<pre>" + Markup.escaped(text) + "</pre>";
  }

  /**
   * The body of a message with HTML.
   *
   * @param safe as it may be shown, with its pictures
   * @param blocked how many images from elsewhere were left out
   */
  public static String html(String safe, int blocked) {
    return blocked == 0
        ? safe
        : safe + "\n<p class=\"gone\">Images from elsewhere are left out: " + blocked + "</p>";
  }

  /** The body of a message whose bytes are gone. */
  public static String gone() {
    return "<p class=\"gone\">The content of this message is gone.</p>";
  }

  /** What a colleague wrote beside the conversation. */
  public static String note(Note note, ZoneId zone) {
    return "<article>\n<table class=\"facts\">\n%s%s</table>\n<div class=\"body\">%s</div>\n</article>\n"
        .formatted(
            Markup.row("Note", time(note.at(), zone)),
            Markup.row("By", note.author().name()),
            text(note.text()));
  }

  /** What happened, oldest first. */
  public static String trail(List<TrailLine> trail, ZoneId zone) {
    return trail.stream()
        .map(
            each -> "<li>%s: %s</li>\n".formatted(time(each.at(), zone), Markup.apart(each.what())))
        .collect(Collectors.joining("", "<h2>Audit trail</h2>\n<ul class=\"trail\">\n", "</ul>\n"));
  }

  /** Something that happened, in a sentence. */
  public record TrailLine(Instant at, String what) {}

  /** Everything behind the last piece. */
  public static String closing() {
    return "</body></html>\n";
  }

  private static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }
}
