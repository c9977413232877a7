package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.template.Template;
import java.util.List;

/**
 * A template that was saved.
 *
 * @param template as it is stored now, ready to be changed again
 * @param warnings what looks like a field and is none, each with its place, so that customers will
 *     read it as it stands; can be shown to its author
 */
public record SavedTemplate(Template template, List<String> warnings) {
  public SavedTemplate {
    requireNonNull(template, "template");
    warnings = List.copyOf(warnings);
  }
}
