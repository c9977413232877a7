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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation as one page for paper, piece by piece: {@link #opening}, each {@link
 * #message}, {@link #note} and what {@link #happened} if they are wanted, {@link #closing}. The
 * page needs nothing else, loads nothing, and runs nothing; browsers are told so once more.
 *
 * <p>A stranger's HTML can look like anything, also like the next message. So it stands in a frame
 * that it cannot leave, and what the page itself says never does.
 */
public final class Printing {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  /** Safe HTML has no less-than signs but at the beginning of tags. */
  private static final Pattern FOLD = Pattern.compile("(</?)(?:details|summary)\\b");

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
    <body class="page">
    <h1 class="title">%s</h1>
    <table class="facts">
    %s</table>
    """
        .formatted(Markup.escaped(title), PaperStyle.SHEET, Markup.apart(title), facts(recording));
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
        + Markup.row(
            "Messages",
            conversation.messages()
                + ". What people wrote stands beside a double line, nothing else.")
        + Markup.row("Printed", time(recording.printedAt(), zone))
        + Markup.row("Printed by", recording.printedBy());
  }

  /**
   * One message.
   *
   * @param place which of them it is, such as "3 of 7"
   */
  public static Piece message(String place, Message message, Body body, ZoneId zone) {
    return piece(
        Markup.row("Message", place) + header(message, zone),
        body,
        attachments(message) + end("message " + place));
  }

  /** Beside what people wrote stands a line, from its beginning to its end. */
  private static Piece piece(String facts, Body body, String behind) {
    boolean empty = body.html.isEmpty();
    return new Piece(
        "<article class=\"piece\">\n<table class=\"facts\">\n%s</table>\n%s"
            .formatted(facts, empty ? "" : "<div class=\"body\">"),
        body.html,
        "%s%s%s</article>\n".formatted(empty ? "" : "</div>\n", body.remarked(), behind));
  }

  /**
   * What stands in the page around a body. That is written between, when its pictures have been put
   * into it.
   */
  public record Piece(String before, String body, String behind) {

    /** With a body that has no pictures. */
    public String whole() {
      return before + body + behind;
    }
  }

  private static String end(String what) {
    return "<p class=\"end\">End of %s</p>\n".formatted(Markup.escaped(what));
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

  /**
   * What a message says, and what there is to say of it.
   *
   * @param html empty when there is nothing
   */
  public record Body(String html, String remark) {
    private String remarked() {
      return remark.isEmpty() ? "" : "<p class=\"gone\">" + Markup.escaped(remark) + "</p>\n";
    }
  }

  /** The body of a message that has text alone. */
  public static Body text(String text) {
    return new Body("<pre>" + Markup.escaped(text) + "</pre>", "");
  }

  /**
   * The body of a message with HTML. What can be unfolded stands there as it is then: on paper
   * nobody can.
   *
   * @param safe as it may be shown, with what stands in for its pictures
   * @param blocked how many images from elsewhere were left out
   */
  public static Body html(String safe, int blocked) {
    return new Body(
        FOLD.matcher(safe).replaceAll("$1div"),
        blocked == 0 ? "" : "Images from elsewhere are left out: " + blocked);
  }

  /** The body of a message whose bytes are gone. */
  public static Body gone() {
    return new Body("", "The content of this message is gone.");
  }

  /** What a colleague wrote beside the conversation. */
  public static String note(Note note, ZoneId zone) {
    return piece(
            Markup.row("Note", time(note.at(), zone)) + Markup.row("By", note.author().name()),
            text(note.text()),
            end("note"))
        .whole();
  }

  /** Before the first thing that happened. */
  public static String trailOpening() {
    return "<h2 class=\"heading\">Audit trail</h2>\n<ul class=\"trail\">\n";
  }

  /** One thing that happened. */
  public static String happened(TrailLine line, ZoneId zone) {
    return "<li>%s: %s</li>\n".formatted(time(line.at(), zone), Markup.apart(line.what()));
  }

  /** Behind the last thing that happened. */
  public static String trailClosing() {
    return "</ul>\n";
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
