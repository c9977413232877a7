package io.engage.core.templating;

import io.engage.model.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came of filling in all of a template: its subject, its text and its HTML. */
public sealed interface FilledTemplate {

  /** It can be sent. The HTML still has to be sanitised, as all HTML. */
  record Complete(String subject, String text, @Nullable String html) implements FilledTemplate {
    @Override
    public String toString() {
      return "Complete[%d characters]".formatted(text.length());
    }
  }

  /** It cannot; {@code reason} says what is wrong with it or missing. */
  record Unfilled(String reason) implements FilledTemplate {}

  static FilledTemplate decide(Template template, Map<String, String> values) {
    return decide(template.subject(), template.text(), template.html(), values);
  }

  /**
   * @param html null when there is none
   */
  static FilledTemplate decide(
      String subject, String text, @Nullable String html, Map<String, String> values) {
    Attempt attempt = new Attempt(values);
    Complete complete =
        new Complete(
            attempt.fill(subject, Encoding.HEADER),
            attempt.fill(text, Encoding.TEXT),
            html == null ? null : attempt.fill(html, Encoding.HTML));
    return attempt.findReason().<FilledTemplate>map(Unfilled::new).orElse(complete);
  }

  /** Fills in one part after the other, and remembers what did not go well. */
  final class Attempt {
    private final Map<String, String> values;
    private final Set<String> missing = new LinkedHashSet<>();
    private final List<String> refusals = new ArrayList<>();

    private Attempt(Map<String, String> values) {
      this.values = values;
    }

    private String fill(String template, Encoding encoding) {
      Compilation compilation = new Templating().decide(template);
      if (compilation instanceof Compilation.Refused refused) {
        refusals.add(refused.reason());
        return "";
      }
      FilledText filled = ((Compilation.Ready) compilation).form().fill(values, encoding);
      if (filled instanceof FilledText.Missing none) {
        missing.addAll(none.fields());
        return "";
      }
      return ((FilledText.Complete) filled).text();
    }

    private Optional<String> findReason() {
      if (!missing.isEmpty()) {
        refusals.add(new FilledText.Missing(missing).reason());
      }
      return refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", refusals));
    }
  }
}
