package io.engage.imap.parsing;

import io.engage.model.message.Attachment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  /**
   * One place in the mail, with what can be read there.
   *
   * @param inText the leaves that the text is made of
   * @param inHtml the leaves that the HTML is made of
   */
  private record Slot(
      @Nullable String text,
      @Nullable String html,
      List<Part.Text> inText,
      List<Part.Text> inHtml) {
    boolean isBlank() {
      return (text == null || text.isBlank()) && (html == null || html.isBlank());
    }
  }

  private List<Slot> slots(Part part) {
    if (part instanceof Part.Text text) {
      return List.of(
          text.html()
              ? new Slot(null, text.text(), List.of(), List.of(text))
              : new Slot(text.text(), null, List.of(text), List.of()));
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
    Slot chosen =
        new Slot(
            text == null ? null : text.text(),
            html == null ? null : html.html(),
            text == null ? List.of() : text.inText(),
            html == null ? List.of() : html.inHtml());
    listOthers(candidates, chosen);
    return List.of(chosen);
  }

  /** Of a candidate whose text is shown the HTML may not be, and the other way round. */
  private void listOthers(List<Slot> candidates, Slot chosen) {
    Set<Part.Text> done = Collections.newSetFromMap(new IdentityHashMap<>());
    done.addAll(chosen.inText());
    done.addAll(chosen.inHtml());
    candidates.stream()
        .flatMap(candidate -> Stream.of(candidate.inText(), candidate.inHtml()))
        .flatMap(List::stream)
        .filter(part -> !part.text().isBlank() && done.add(part))
        .forEach(this::list);
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
    if (slots.size() == 1) {
      return slots.get(0);
    }
    boolean hasText = slots.stream().anyMatch(slot -> slot.text() != null);
    String html = html(slots);
    return new Slot(
        hasText ? text(slots) : null,
        html,
        slots.stream().flatMap(slot -> slot.inText().stream()).toList(),
        html == null
            ? List.of()
            : slots.stream()
                .flatMap(slot -> (slot.html() == null ? slot.inText() : slot.inHtml()).stream())
                .toList());
  }

  private static String text(List<Slot> slots) {
    if (slots.size() == 1) {
      String only = slots.get(0).text();
      return only == null ? "" : only;
    }
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
    if (slots.size() == 1) {
      return slots.get(0).html();
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
