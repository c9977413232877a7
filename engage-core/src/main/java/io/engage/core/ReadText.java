package io.engage.core;

import io.engage.core.classifying.Answerable;
import io.engage.core.classifying.Classification;
import io.engage.core.folding.Folded;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.ParsedMail;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads text messages, whose source is what somebody wrote and no mail around it. */
final class ReadText {
  private ReadText() {}

  /**
   * @param message one that {@link Message#isPlainText()}
   */
  static ReadMail of(Message message, Parts parts) {
    String text = words(message, parts);
    return new ReadMail(
        new ParsedMail(
            MailHeaders.EMPTY,
            List.of(),
            "text/plain",
            text,
            null,
            List.of(),
            List.of(),
            List.of()),
        new Classification(
            message.kind(),
            "it is a text message",
            new Answerable(false, "it is a text message, so a mail does not answer it"),
            null,
            null,
            null),
        text,
        new Folded(text.strip(), List.of()),
        null);
  }

  private static String words(Message message, Parts parts) {
    try (InputStream source = parts.blobs().open(message.source().digest())) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new PortFailure(
          "The blob store could not read the source of message '%s'. Try again."
              .formatted(message.id()),
          true,
          unreadable);
    }
  }
}
