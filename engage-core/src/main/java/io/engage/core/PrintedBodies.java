package io.engage.core;

import io.engage.core.recording.Pictures;
import io.engage.core.recording.Printing;
import io.engage.core.sanitizing.ImagePolicy;
import io.engage.core.sanitizing.SafeHtml;
import io.engage.model.message.Attachment;
import io.engage.model.message.Message;
import io.engage.model.message.PartPath;
import io.engage.spi.MailFormat;
import io.engage.spi.NotFound;
import io.engage.spi.PortFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what of messages is printed: their texts, and the pictures that they bring along. */
final class PrintedBodies {
  /** How many characters all pictures of a page may have together. */
  private static final long ROOM = 64L << 20;

  /** How many bytes of pictures of one message are held at a time. */
  private static final long MOST_OF_A_MESSAGE = 16L << 20;

  private final Parts parts;
  private long room = ROOM;

  PrintedBodies(Parts parts) {
    this.parts = parts;
  }

  /**
   * The body of a message; empty when its bytes are gone.
   *
   * @throws PortFailure when they cannot be read
   */
  Optional<PrintedBody> of(Message message) {
    try {
      return Optional.of(
          message.isPlainText()
              ? new PrintedBody(Printing.text(ReadText.of(message, parts).text()), null)
              : body(new StoredContent(parts.blobs(), message.source())));
    } catch (NotFound gone) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new PortFailure(
          "The blob store could not read the source of message '%s'. Try again."
              .formatted(message.id()),
          true,
          unreadable);
    }
  }

  /** Writes the piece of a page that it stands in. */
  void write(Printing.Piece piece, @Nullable Pictures pictures, Writer page) throws IOException {
    page.write(piece.before());
    if (pictures == null) {
      page.write(piece.body());
    } else {
      Pictures.Filled filled = pictures.into(piece.body(), room);
      room = filled.left();
      for (String each : filled.pieces()) {
        page.write(each);
      }
    }
    page.write(piece.behind());
  }

  /**
   * A body.
   *
   * @param pictures what it brings along; null for what has none
   */
  record PrintedBody(Printing.Body body, @Nullable Pictures pictures) {}

  private PrintedBody body(StoredContent source) throws IOException {
    Pictures pictures = new Pictures();
    ReadMail mail =
        parts
            .reader()
            .read(source, ImagePolicy.remoteBlocked().withInlineAddress(pictures.address()));
    SafeHtml html = mail.html();
    if (html == null) {
      return new PrintedBody(Printing.text(mail.text()), null);
    }
    fetch(pictures, mail.mail().attachments(), source);
    return new PrintedBody(Printing.html(html.value(), html.blockedRemoteImages()), pictures);
  }

  private void fetch(Pictures pictures, List<Attachment> attachments, StoredContent source)
      throws IOException {
    Map<PartPath, String> wanted = wanted(pictures.wanted(), attachments);
    if (!wanted.isEmpty()) {
      MailFormat.PartReceiver receiver =
          part -> new Caught(pictures, wanted.getOrDefault(part, ""));
      parts.mail().format().writeParts(source, wanted.keySet(), receiver);
    }
  }

  /** By their parts, the Content-IDs of the pictures that are small enough. */
  private static Map<PartPath, String> wanted(
      List<String> contentIds, List<Attachment> attachments) {
    Map<String, Attachment> known = new HashMap<>();
    attachments.stream()
        .filter(each -> each.contentId() != null && each.size() <= Pictures.LARGEST)
        .forEach(each -> known.putIfAbsent(each.contentId(), each));
    Map<PartPath, String> wanted = new HashMap<>();
    long left = MOST_OF_A_MESSAGE;
    for (String each : contentIds) {
      Attachment found = known.getOrDefault(each, known.get(decoded(each)));
      if (found != null && found.size() <= left) {
        left -= found.size();
        wanted.put(found.part(), each);
      }
    }
    return wanted;
  }

  /** In addresses some characters of a Content-ID are written as %xx (RFC 2392 section 2). */
  private static String decoded(String contentId) {
    try {
      return URLDecoder.decode(contentId.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return contentId;
    }
  }

  /** The bytes of one picture; what grows beyond the size that it said is none. */
  private static final class Caught extends OutputStream {
    private final Pictures pictures;
    private final String contentId;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooMany;

    private Caught(Pictures pictures, String contentId) {
      this.pictures = pictures;
      this.contentId = contentId;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] some, int from, int length) {
      tooMany |= bytes.size() + length > Pictures.LARGEST;
      if (!tooMany) {
        bytes.write(some, from, length);
      }
    }

    @Override
    public void close() {
      if (!tooMany) {
        pictures.put(contentId, bytes.toByteArray());
      }
    }
  }
}
