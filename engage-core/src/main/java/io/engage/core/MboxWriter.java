package io.engage.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes mails one after the other into a mail file (RFC 4155) whose quoting can be undone, as
 * "mboxrd" has it: a line that begins with any number of {@code >} and {@code From } gets one more
 * {@code >}. Line ends become those of such files. Memory does not grow with mails or lines.
 */
final class MboxWriter {
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);
  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
  private static final int AT_ONCE = 64 << 10;

  private final OutputStream to;

  /**
   * How far the line is like {@link #FROM}, behind its {@code >}; -1 when it cannot be any more.
   */
  private int alike;

  private boolean lineOpen;
  private boolean afterReturn;

  /**
   * @param to buffered
   */
  MboxWriter(OutputStream to) {
    this.to = to;
  }

  /**
   * @param sender anything; what would break the line is no sender
   */
  void write(String sender, Instant at, InputStream mail) throws IOException {
    to.write(
        "From %s %s\n"
            .formatted(isWord(sender) ? sender : "MAILER-DAEMON", time(at))
            .getBytes(StandardCharsets.UTF_8));
    begin();
    byte[] some = new byte[AT_ONCE];
    for (int read = mail.read(some); read >= 0; read = mail.read(some)) {
      for (int i = 0; i < read; i++) {
        take(some[i]);
      }
    }
    end();
  }

  private static String time(Instant at) {
    return ASCTIME.format(at.atOffset(ZoneOffset.UTC));
  }

  private static boolean isWord(String sender) {
    return !sender.isEmpty() && sender.chars().allMatch(c -> c > ' ' && c != 127);
  }

  /** A return before a line feed is half of a line end; any other stands for itself. */
  private void take(byte b) throws IOException {
    if (afterReturn && b != '\n') {
      put((byte) '\r');
    }
    afterReturn = b == '\r';
    if (!afterReturn) {
      put(b);
    }
  }

  /**
   * As all {@code >} at the beginning of a line are alike, the one more may stand behind them. What
   * is like {@link #FROM} so far is held back.
   */
  private void put(byte b) throws IOException {
    lineOpen = true;
    if (alike >= 0 && b == FROM[alike]) {
      alike++;
      if (alike == FROM.length) {
        to.write('>');
        letGo();
      }
    } else if (b == '\n') {
      letGo();
      to.write(b);
      alike = 0;
      lineOpen = false;
    } else if (alike == 0 && b == '>') {
      to.write(b);
    } else {
      letGo();
      to.write(b);
    }
  }

  private void letGo() throws IOException {
    if (alike > 0) {
      to.write(FROM, 0, alike);
    }
    alike = -1;
  }

  private void begin() {
    alike = 0;
    lineOpen = false;
    afterReturn = false;
  }

  /** Ends the last line, and puts an empty one between this mail and the next. */
  private void end() throws IOException {
    if (afterReturn) {
      put((byte) '\r');
    }
    letGo();
    if (lineOpen) {
      to.write('\n');
    }
    to.write('\n');
  }
}
