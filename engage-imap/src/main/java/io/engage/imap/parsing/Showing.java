package io.engage.imap.parsing;

import io.engage.model.message.Attachment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what of a mail is shown (RFC 2046 section 5.1): everything in order, of alternatives the
 * last of each kind. Nothing is lost: HTML is complete whenever there is any, with the text parts
 * beside it, and an alternative that is not chosen is listed.
 */
final class Showing {
  private final List<Attachment> listed = new ArrayList<>();

  private Showing() {}

  static Part.Shown decide(Part root) {
    Showing showing = new Showing();
    List<Slot> slots = showing.slots(root);
    return new Part.Shown(text(slots), html(slots), List.copyOf(showing.listed));
  }

  /** One place in the mail, with what can be read there. */
  private record Slot(@Nullable String text, @Nullable String html, List<Part.Text> parts) {
    boolean isBlank() {
      return (text == null || text.isBlank()) && (html == null || html.isBlank());
    }
  }

  private List<Slot> slots(Part part) {
    if (part instanceof Part.Text text) {
      return List.of(
          text.html()
              ? new Slot(null, text.text(), List.of(text))
              : new Slot(text.text(), null, List.of(text)));
    }
    Part.Several several = (Part.Several) part;
    return several.alternatives() ? best(several.parts()) : all(several.parts());
  }

  private List<Slot> all(List<Part> parts) {
    List<Slot> slots = new ArrayList<>();
    for (Part part : parts) {
      slots.addAll(slots(part));
    }
    return slots;
  }

  private List<Slot> best(List<Part> parts) {
    Slot text = null;
    Slot html = null;
    List<Slot> candidates = new ArrayList<>();
    for (Part part : parts) {
      Slot candidate = joined(slots(part));
      candidates.add(candidate);
      text = candidate.text() != null && !isWorse(candidate, text) ? candidate : text;
      html = candidate.html() != null && !isWorse(candidate, html) ? candidate : html;
    }
    for (Slot candidate : candidates) {
      if (candidate != text && candidate != html && !candidate.isBlank()) {
        candidate.parts().forEach(this::list);
      }
    }
    return List.of(
        new Slot(text == null ? null : text.text(), html == null ? null : html.html(), List.of()));
  }

  private static boolean isWorse(Slot candidate, @Nullable Slot earlier) {
    return earlier != null && candidate.isBlank();
  }

  private void list(Part.Text part) {
    if (part.file() != null) {
      listed.add(part.file().get());
    }
  }

  private static Slot joined(List<Slot> slots) {
    List<Part.Text> parts = slots.stream().flatMap(slot -> slot.parts().stream()).toList();
    boolean hasText = slots.stream().anyMatch(slot -> slot.text() != null);
    return new Slot(hasText ? text(slots) : null, html(slots), parts);
  }

  private static String text(List<Slot> slots) {
    StringBuilder joined = new StringBuilder();
    for (Slot slot : slots) {
      if (slot.text() != null && !slot.text().isEmpty()) {
        endLine(joined);
        joined.append(slot.text());
      }
    }
    return joined.toString();
  }

  private static @Nullable String html(List<Slot> slots) {
    if (slots.stream().allMatch(slot -> slot.html() == null)) {
      return null;
    }
    StringBuilder joined = new StringBuilder();
    for (Slot slot : slots) {
      String html = slot.html() != null ? slot.html() : escaped(slot.text());
      if (!html.isEmpty()) {
        endLine(joined);
        joined.append(html);
      }
    }
    return joined.toString();
  }

  private static void endLine(StringBuilder text) {
    if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
  }

  private static String escaped(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return "";
    }
    String safe =
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    return "<div>" + safe.replace("\n", "<br>\n") + "</div>";
  }
}
