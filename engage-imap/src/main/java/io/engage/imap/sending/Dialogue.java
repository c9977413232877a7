package io.engage.imap.sending;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.engage.imap.connecting.Wire;
import io.engage.model.outbox.SmtpReply;
import jakarta.mail.MessagingException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of a connection that stands: what is said collects until it is flushed, so that a
 * short mail and what travels with it are one write, and answers are read one by one.
 */
final class Dialogue {
  private static final long REPLY_ALLOWANCE = 256L << 10;
  private static final int WRITE = 64 << 10;
  private static final int CHUNK = 32 << 10;
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] MAIL_END = {'.', '\r', '\n'};
  private static final Duration PARTING = Duration.ofMillis(500);

  private final Wire wire;
  private final OutputStream out;
  private final InputStream in;
  private final RepeatedReplies replies = new RepeatedReplies();
  private final byte[] heard = new byte[4096];
  private int next;
  private int end;

  Dialogue(Wire wire) throws IOException {
    this.wire = wire;
    this.out = new BufferedOutputStream(wire.output(), WRITE);
    this.in = wire.input();
  }

  /** Says a command, which {@link #flush} sends. */
  void command(String command) throws IOException {
    for (int i = 0; i < command.length(); i++) {
      if (Character.isISOControl(command.charAt(i))) {
        throw new IllegalArgumentException("A command has a character that may not stand there");
      }
    }
    out.write(command.getBytes(UTF_8));
    out.write(LINE_END);
  }

  /**
   * Says what is in a mail, with dots stuffed and bare CR and LF made line ends, all but its end.
   *
   * @return whether the server listened; one that speaks in the middle wants no more
   */
  boolean content(InputStream content) throws IOException {
    SMTPOutputStream stuffed = new SMTPOutputStream(out);
    byte[] chunk = new byte[CHUNK];
    for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
      stuffed.write(chunk, 0, count);
      if (hasSpoken()) {
        return false;
      }
    }
    stuffed.ensureAtBOL();
    return true;
  }

  /**
   * The same for a mail that lies in memory. One that collects whole has not begun to travel, so
   * the network need not be asked whether the server has spoken in its middle.
   */
  boolean content(byte[] content) throws IOException {
    if (!Scanning.isAsItTravels(content)) {
      return content(new ByteArrayInputStream(content));
    }
    out.write(content);
    return content.length < WRITE / 2 ? next == end : !hasSpoken();
  }

  /** Says the end of a mail. Once that is sent, only the server knows what becomes of it. */
  void end() throws IOException {
    out.write(MAIL_END);
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Whether the server said something that was not read. */
  private boolean hasSpoken() throws IOException {
    return next < end || in.available() > 0;
  }

  /**
   * Reads one answer.
   *
   * @throws MessagingException when what comes is no answer
   */
  SmtpReply reply() throws MessagingException, IOException {
    wire.expectAnswer();
    return replyUnderDeadline();
  }

  /** Reads the answer to the end of a mail, for which servers may take their time. */
  SmtpReply replyToEnd(Duration patience) throws MessagingException, IOException {
    wire.silence(patience);
    wire.deadlineIn(patience);
    SmtpReply reply = replyUnderDeadline();
    wire.ordinarySilence();
    return reply;
  }

  /** What the server may have said before it stopped to listen; null when nothing. */
  @Nullable SmtpReply parting() {
    try {
      wire.silence(PARTING);
      SmtpReply reply = reply();
      return reply.code() >= 400 ? reply : null;
    } catch (MessagingException | IOException | RuntimeException nothing) {
      return null;
    }
  }

  private SmtpReply replyUnderDeadline() throws MessagingException, IOException {
    wire.allow(REPLY_ALLOWANCE);
    try {
      return read();
    } finally {
      wire.disarm();
    }
  }

  private SmtpReply read() throws MessagingException, IOException {
    String line = line();
    String lines = line;
    if (goesOn(line)) {
      StringBuilder all = new StringBuilder(line);
      while (goesOn(line)) {
        line = line();
        all.append('\n').append(line);
      }
      lines = all.toString();
    }
    SmtpReply reply = replies.find(lines);
    if (reply == null) {
      throw new MessagingException("The server answers with what is no answer");
    }
    return reply;
  }

  private static boolean goesOn(String line) {
    return line.length() > 3 && line.charAt(3) == '-';
  }

  /** Up to a line feed; it is bounded by what the wire allows. */
  private String line() throws IOException {
    ByteArrayOutputStream begun = null;
    for (int from = next; ; from = next) {
      while (next < end) {
        if (heard[next++] == '\n') {
          return begun == null
              ? new String(heard, from, next - 1 - from, ISO_8859_1)
              : whole(begun, from, next - 1);
        }
      }
      if (from < end) {
        begun = begun == null ? new ByteArrayOutputStream() : begun;
        begun.write(heard, from, end - from);
      }
      next = 0;
      end = Math.max(0, in.read(heard));
      if (end == 0) {
        throw new EOFException("The server closed");
      }
    }
  }

  private String whole(ByteArrayOutputStream begun, int from, int to) {
    begun.write(heard, from, to - from);
    return begun.toString(ISO_8859_1);
  }
}
