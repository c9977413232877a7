package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Attachment;
import io.engage.model.message.Blob;
import io.engage.model.message.FileName;
import io.engage.model.message.Message;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.message.PartPath;
import io.engage.model.writing.Composition;
import io.engage.spi.PortFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the files of drafts into the blob store, as far as a mail can carry them. */
final class Enclosing {
  private final Parts parts;

  Enclosing(Parts parts) {
    this.parts = parts;
  }

  /** Why the attachments of a message cannot go along; empty when they can. */
  Optional<String> refusal(Message message) {
    long size = message.attachments().stream().mapToLong(Attachment::size).sum();
    return size <= parts.writing().mostOfFiles() ? Optional.empty() : Optional.of(tooLarge(size));
  }

  /** The attachments of a message, ready to go along with another one. */
  List<Composition.File> filesOf(Message message) {
    Map<PartPath, Blob> copies = copies(message);
    parts.blobs().makeDurable();
    return message.attachments().stream()
        .map(each -> file(each, requireNonNull(copies.get(each.part()))))
        .toList();
  }

  private static Composition.File file(Attachment attachment, Blob content) {
    return new Composition.File(
        attachment.name(), attachment.contentType(), content, idOf(attachment));
  }

  /** One part at a time is in memory; {@link #refusal} has looked at its size. */
  private Map<PartPath, Blob> copies(Message message) {
    List<PartPath> wanted = message.attachments().stream().map(Attachment::part).toList();
    Map<PartPath, Blob> copies = new HashMap<>();
    try {
      StoredContent source = new StoredContent(parts.blobs(), message.source());
      parts.mail().format().writeParts(source, wanted, part -> copying(part, copies));
      return copies;
    } catch (IOException unreadable) {
      throw new PortFailure(
          "The blob store could not read the attachments of message '%s'. Try again."
              .formatted(message.id()),
          true,
          unreadable);
    }
  }

  private OutputStream copying(PartPath part, Map<PartPath, Blob> copies) {
    return new ByteArrayOutputStream() {
      @Override
      public void close() throws IOException {
        copies.put(part, parts.blobs().put(new ByteArrayInputStream(toByteArray())));
      }
    };
  }

  private static @Nullable String idOf(Attachment attachment) {
    String id = attachment.contentId();
    return id != null && OutboundAttachment.isContentId(id) ? id : null;
  }

  /**
   * Reads a file to its end, or until it is too large.
   *
   * @throws IOException when {@code content} cannot be read
   */
  Outcome<Composition.File> store(
      FileName name, String contentType, InputStream content, boolean inText) throws IOException {
    try {
      Blob blob = parts.blobs().put(new Bounded(content, parts.writing().mostOfFiles()));
      parts.blobs().makeDurable();
      String id = inText ? parts.ids().next() + "@inline" : null;
      return new Outcome.Done<>(new Composition.File(name, contentType, blob, id));
    } catch (TooLarge tooLarge) {
      return new Outcome.Refused<>(tooLarge(tooLarge.size));
    }
  }

  /** With one file more, when a mail can carry them all. */
  Outcome<Composition> with(Composition content, Composition.File file) {
    long size =
        file.content().size()
            + content.files().stream().mapToLong(each -> each.content().size()).sum();
    return size > parts.writing().mostOfFiles()
        ? new Outcome.Refused<>(tooLarge(size))
        : new Outcome.Done<>(
            content.withFiles(Stream.concat(content.files().stream(), Stream.of(file)).toList()));
  }

  private String tooLarge(long size) {
    return "The files would have %d bytes or more together, but a mail takes %d. Leave one out."
        .formatted(size, parts.writing().mostOfFiles());
  }

  /** Ends with an exception behind so many bytes. */
  private static final class Bounded extends FilterInputStream {
    private final long most;
    private long read;

    Bounded(InputStream content, long most) {
      super(content);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return count(super.read(bytes, offset, length));
    }

    private int count(int more) throws TooLarge {
      read += Math.max(0, more);
      if (read > most) {
        throw new TooLarge(read);
      }
      return more;
    }
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
    private final long size;

    TooLarge(long size) {
      super("The file is too large");
      this.size = size;
    }
  }
}
