package io.engage.core.answering;

import io.engage.model.writing.Composition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what stands in a form after a template was put into it: below what stood there. */
public final class Inserting {
  private Inserting() {}

  /**
   * @param subject of the template; it only fills a form that has none
   * @param html of the template; null when it has only text
   */
  public static Composition decide(
      Composition form, String subject, String text, @Nullable String html) {
    Composition titled = form.subject().isBlank() ? form.withSubject(subject) : form;
    Body below = new Body(text, html);
    String written = form.html();
    if (written == null && html == null) {
      return titled.withText(form.text().isBlank() ? text : form.text() + "\n\n" + text);
    }
    Body above = new Body(form.text(), written);
    Body both = Body.joined(List.of(above, below));
    return titled.withText(both.text()).withHtml(both.html());
  }
}
