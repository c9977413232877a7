package io.engage.core;

import io.engage.core.recording.Lines;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Message;
import io.engage.spi.NotFound;
import io.engage.spi.PortFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes conversations into one file, straight from the store. */
final class RecordingExport {
  private final Parts parts;
  private final RecordingWalk walk;
  private final RecordingFormat format;
  private final RecordingForm form;
  private final OutputStream to;
  private final MboxWriter mbox;
  private final RecordedMails mails;
  private long conversations;
  private long messages;
  private long gone;

  /**
   * @param to is not closed
   */
  RecordingExport(
      Parts parts,
      RecordingWalk walk,
      RecordingFormat format,
      RecordingForm form,
      OutputStream to) {
    this.parts = parts;
    this.walk = walk;
    this.format = format;
    this.form = form;
    this.to = new BufferedOutputStream(to, 64 << 10);
    this.mbox = new MboxWriter(this.to);
    this.mails = new RecordedMails(parts);
  }

  void begin() throws IOException {
    if (format == RecordingFormat.JSON) {
      write(Lines.head());
    }
  }

  void write(Conversation conversation) throws IOException {
    conversations++;
    if (format == RecordingFormat.MBOX) {
      walk.messages(conversation, this::writeMail);
    } else {
      write(Lines.conversation(conversation));
      walk.messages(conversation, this::writeLine);
      writeBeside(conversation);
    }
  }

  private void writeMail(Message message) throws IOException {
    Optional<InputStream> mail = mails.open(message);
    messages++;
    gone += mail.isEmpty() ? 1 : 0;
    if (mail.isPresent()) {
      try (InputStream bytes = mail.get()) {
        mbox.write(RecordedMails.senderOf(message), message.at(), bytes);
      }
    }
  }

  private void writeLine(Message message) throws IOException {
    String text = text(message);
    messages++;
    gone += text == null ? 1 : 0;
    write(Lines.message(message, text));
  }

  /** Null when its bytes are gone. */
  private @Nullable String text(Message message) {
    try {
      return message.isPlainText()
          ? ReadText.of(message, parts).text()
          : parts.reader().readForImport(new StoredContent(parts.blobs(), message.source())).text();
    } catch (NotFound bytesGone) {
      return null;
    } catch (IOException unreadable) {
      throw new PortFailure(
          "The blob store could not read the source of message '%s'. Try again."
              .formatted(message.id()),
          true,
          unreadable);
    }
  }

  private void writeBeside(Conversation conversation) throws IOException {
    if (form.notes()) {
      walk.notes(conversation, note -> write(Lines.note(note)));
    }
    if (form.trail()) {
      walk.trail(conversation, entry -> write(Lines.entry(entry)));
    }
  }

  private void write(String line) throws IOException {
    to.write(line.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing more is written; what lacks its end was cut short. */
  void cut() throws IOException {
    to.flush();
  }

  ExportedRecordings end() throws IOException {
    if (format == RecordingFormat.JSON) {
      write(Lines.end(conversations, messages));
    }
    to.flush();
    return new ExportedRecordings(conversations, messages, gone);
  }
}
