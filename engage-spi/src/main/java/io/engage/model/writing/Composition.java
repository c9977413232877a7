package io.engage.model.writing;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.Blob;
import io.engage.model.message.FileName;
import io.engage.model.message.OutboundAttachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has written so far, as it stands in the form.
 *
 * @param text plain text; any line ends
 * @param html the same in HTML, as an editor gives it; null when the agent wrote plain text. It is
 *     sanitised before it goes out
 * @param withHistory whether the message that it is about is quoted below
 * @param withSignature whether the signatures of inbox and agent stand below
 * @param files in the blob store already
 */
public record Composition(
    List<NamedAddress> to,
    List<NamedAddress> cc,
    List<NamedAddress> bcc,
    String subject,
    String text,
    @Nullable String html,
    boolean withHistory,
    boolean withSignature,
    List<File> files) {
  public Composition {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    requireNonNull(subject, "subject");
    requireNonNull(text, "text");
    files = List.copyOf(files);
  }

  /** Nothing written yet. */
  public static Composition empty() {
    return new Composition(List.of(), List.of(), List.of(), "", "", null, false, true, List.of());
  }

  public Composition to(NamedAddress... people) {
    return new Composition(
        List.of(people), cc, bcc, subject, text, html, withHistory, withSignature, files);
  }

  public Composition withCopies(List<NamedAddress> newCc, List<NamedAddress> newBcc) {
    return new Composition(
        to, newCc, newBcc, subject, text, html, withHistory, withSignature, files);
  }

  public Composition withSubject(String newSubject) {
    return new Composition(to, cc, bcc, newSubject, text, html, withHistory, withSignature, files);
  }

  public Composition withText(String newText) {
    return new Composition(to, cc, bcc, subject, newText, html, withHistory, withSignature, files);
  }

  public Composition withHtml(@Nullable String newHtml) {
    return new Composition(to, cc, bcc, subject, text, newHtml, withHistory, withSignature, files);
  }

  public Composition withHistory(boolean wanted) {
    return new Composition(to, cc, bcc, subject, text, html, wanted, withSignature, files);
  }

  /** Signed as the inbox and its author sign, or not at all. */
  public Composition withSignature(boolean wanted) {
    return new Composition(to, cc, bcc, subject, text, html, withHistory, wanted, files);
  }

  public Composition withFiles(List<File> newFiles) {
    return new Composition(to, cc, bcc, subject, text, html, withHistory, withSignature, newFiles);
  }

  @Override
  public String toString() {
    return "Composition[%d characters, %d files]".formatted(text.length(), files.size());
  }

  /**
   * A file that will go along, see {@link OutboundAttachment}.
   *
   * @param contentType {@code type/subtype}
   * @param contentId by which the HTML may show it; null for a file beside the text
   */
  public record File(FileName name, String contentType, Blob content, @Nullable String contentId) {
    public File {
      requireNonNull(name, "name");
      requireNonNull(contentType, "contentType");
      requireNonNull(content, "content");
    }

    /** A file beside the text. */
    public File(FileName name, String contentType, Blob content) {
      this(name, contentType, content, null);
    }
  }
}
