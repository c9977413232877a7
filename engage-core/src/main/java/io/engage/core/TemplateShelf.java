package io.engage.core;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.spi.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds templates in the store. */
final class TemplateShelf {
  private static final int AT_ONCE = 200;

  private final Documents documents;

  TemplateShelf(Documents documents) {
    this.documents = documents;
  }

  Optional<Template> find(TemplateId id) {
    return documents.find(List.of(Template.keyOf(id))).stream()
        .filter(Template.class::isInstance)
        .map(Template.class::cast)
        .findFirst();
  }

  List<Template> all() {
    List<Template> all = new ArrayList<>();
    List<Document> page = page("");
    while (!page.isEmpty()) {
      page.stream().filter(Template.class::isInstance).map(Template.class::cast).forEach(all::add);
      page = page(page.get(page.size() - 1).key().id());
    }
    return all;
  }

  private List<Document> page(String after) {
    return documents.ofOwner(DocumentKey.Kind.TEMPLATE, "", after, AT_ONCE);
  }
}
