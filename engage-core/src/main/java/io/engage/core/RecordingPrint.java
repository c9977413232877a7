package io.engage.core;

import io.engage.core.auditing.Facts;
import io.engage.core.recording.PrintedRecording;
import io.engage.core.recording.Printing;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Message;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes one conversation as a page, a message of it in memory. */
final class RecordingPrint {
  private final Parts parts;
  private final RecordingWalk walk;
  private final RecordingForm form;
  private final PrintedBodies bodies;
  private final Writer page;
  private long total;
  private long messages;
  private long gone;

  /**
   * @param to is not closed
   */
  RecordingPrint(Parts parts, RecordingWalk walk, RecordingForm form, OutputStream to) {
    this.parts = parts;
    this.walk = walk;
    this.form = form;
    this.bodies = new PrintedBodies(parts);
    this.page = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
  }

  /**
   * @param inbox the name of its inbox
   * @param printedBy by name
   */
  ExportedRecordings write(Conversation conversation, String inbox, String printedBy)
      throws IOException {
    total = conversation.messages();
    page.write(
        Printing.opening(
            new PrintedRecording(
                conversation,
                inbox,
                new HandlerNames(parts).of(conversation),
                printedBy,
                parts.clock().instant(),
                form.zone())));
    walk.messages(conversation, this::write);
    if (form.notes()) {
      walk.notes(conversation, note -> page.write(Printing.note(note, form.zone())));
    }
    if (form.trail()) {
      page.write(Printing.trailOpening());
      walk.trail(conversation, entry -> page.write(Printing.happened(line(entry), form.zone())));
      page.write(Printing.trailClosing());
    }
    page.write(Printing.closing());
    page.flush();
    return new ExportedRecordings(1, messages, gone);
  }

  private void write(Message message) throws IOException {
    Optional<PrintedBodies.PrintedBody> body = bodies.of(message);
    messages++;
    gone += body.isEmpty() ? 1 : 0;
    Printing.Body shown = body.map(PrintedBodies.PrintedBody::body).orElseGet(Printing::gone);
    bodies.write(
        Printing.message(place(), message, shown, form.zone()),
        body.map(PrintedBodies.PrintedBody::pictures).orElse(null),
        page);
  }

  /** One may have come since it was said how many there are. */
  private String place() {
    return messages + " of " + Math.max(total, messages);
  }

  private static Printing.TrailLine line(AuditEntry entry) {
    return new Printing.TrailLine(entry.at(), Facts.describe(entry));
  }
}
