package io.engage.model.template;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;
import org.jspecify.annotations.Nullable;

/**
 * A text with fields {@code ${name}} that are filled in when it is used.
 *
 * @param name as agents know it
 * @param inbox the one inbox that may use it; null when all may
 * @param purpose for what it may be chosen
 * @param subject of a mail made from it; empty when it gives none, as for a signature
 * @param text plain text
 * @param html the same in HTML; null when it has only text
 */
public record Template(
    TemplateId id,
    String name,
    @Nullable InboxId inbox,
    Purpose purpose,
    String subject,
    String text,
    @Nullable String html,
    long version)
    implements Document {

  /** What a template is for. */
  public enum Purpose {
    SIGNATURE("signature"),
    CONFIRMATION("confirmation"),
    REPLY("reply"),
    DIALER("dialer");

    private final String code;

    Purpose(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public Template {
    requireNonNull(id, "id");
    requireNonNull(purpose, "purpose");
    requireNonNull(subject, "subject");
    requireNonNull(text, "text");
    if (name.isBlank()) {
      throw new IllegalArgumentException("Template '%s' needs a name".formatted(id.value()));
    }
  }

  /** A template of text for all inboxes. */
  public static Template of(String id, String name, Purpose purpose, String subject, String text) {
    return new Template(TemplateId.of(id), name, null, purpose, subject, text, null, 0);
  }

  /** Whether an inbox may use it. */
  public boolean isFor(InboxId wanted) {
    return inbox == null || inbox.equals(wanted);
  }

  @Override
  public DocumentKey key() {
    return keyOf(id);
  }

  public static DocumentKey keyOf(TemplateId id) {
    return new DocumentKey(DocumentKey.Kind.TEMPLATE, id.value());
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public Template withVersion(long newVersion) {
    return new Template(id, name, inbox, purpose, subject, text, html, newVersion);
  }

  @Override
  public String toString() {
    return "Template[%s, %s]".formatted(id.value(), purpose.code());
  }
}
