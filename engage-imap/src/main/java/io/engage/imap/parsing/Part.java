package io.engage.imap.parsing;

import io.engage.model.message.Attachment;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What there is to read in a mail, in the order and nesting of its parts. */
sealed interface Part {

  /**
   * A leaf that may be shown.
   *
   * @param text decoded, lines end in {@code \n}
   * @param file the same leaf as a file, for when another one is shown instead of it; null when it
   *     is listed already
   */
  record Text(String text, boolean html, @Nullable Supplier<Attachment> file) implements Part {}

  /** A multipart with those of its parts that may be shown. */
  record Several(boolean alternatives, List<Part> parts) implements Part {}

  /** What is shown, and the leaves that are listed because something better is. */
  record Shown(String text, @Nullable String html, List<Attachment> listed) {}
}
