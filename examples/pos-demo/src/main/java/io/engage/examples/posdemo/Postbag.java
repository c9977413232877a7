package io.engage.examples.posdemo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.engage.model.message.RfcMessageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The mails and lists of the story, from folders beside this class. */
final class Postbag {

  /** A mail that waits in a mailbox. */
  record Posted(Instant at, String user, byte[] mail) {}

  private Postbag() {}

  /** What came over the weekend, oldest first; {@code index.txt} says when and where. */
  static List<Posted> weekend() {
    return new String(read("index.txt"), UTF_8).lines().map(Postbag::posted).toList();
  }

  /** Ana's answer to the mail with this Message-ID. */
  static byte[] answerOfAna(RfcMessageId ours) {
    return naming(ours, "ana-answers.eml");
  }

  /** What a mail server says when it cannot deliver the mail with this Message-ID. */
  static byte[] bounceOf(RfcMessageId ours) {
    return naming(ours, "bounce-of-answer.eml");
  }

  /** A mail that is written now. */
  static byte[] writtenAt(Instant now, String file) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    return new String(read(file), ISO_8859_1).replace("{date}", date).getBytes(ISO_8859_1);
  }

  /** The supplier's answer to the mail with this Message-ID. */
  static byte[] answerOfSupplier(RfcMessageId ours) {
    return naming(ours, "supplier-answers.eml");
  }

  /** What comes back for the mail with this Message-ID, now. */
  static byte[] about(RfcMessageId ours, Instant now, String file) {
    return new String(writtenAt(now, file), ISO_8859_1)
        .replace("{messageId}", ours.bracketed())
        .getBytes(ISO_8859_1);
  }

  /** The rows of a list, from the folder {@code lists} beside this class. */
  static String list(String file) {
    return new String(readAt("lists/" + file), UTF_8);
  }

  private static Posted posted(String line) {
    String[] fields = line.split("\\s+", 3);
    return new Posted(Instant.parse(fields[0]), fields[1], read(fields[2]));
  }

  private static byte[] naming(RfcMessageId ours, String file) {
    return new String(read(file), ISO_8859_1)
        .replace("{messageId}", ours.bracketed())
        .getBytes(ISO_8859_1);
  }

  private static byte[] read(String file) {
    return readAt("mails/" + file);
  }

  private static byte[] readAt(String file) {
    try (InputStream in = Postbag.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The demo was built without '%s'".formatted(file));
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
