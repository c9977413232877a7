package io.engage.core;

import io.engage.model.campaign.Campaign;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.spi.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads all documents of an owner, page by page. */
final class DocumentPages {
  private static final int PAGE = 1000;

  private DocumentPages() {}

  static <T extends Document> List<T> all(
      Documents documents, DocumentKey.Kind kind, String owner, Class<T> type) {
    List<T> all = new ArrayList<>();
    forEach(documents, kind, owner, each -> all.add(type.cast(each)));
    return all;
  }

  static void forEach(
      Documents documents, DocumentKey.Kind kind, String owner, Consumer<Document> visitor) {
    String after = "";
    List<Document> page;
    do {
      page = documents.ofOwner(kind, owner, after, PAGE);
      page.forEach(visitor);
      after = page.isEmpty() ? after : page.get(page.size() - 1).key().id();
    } while (page.size() == PAGE);
  }

  /** Those that are over, too. */
  static List<Campaign> campaigns(Documents documents) {
    List<Campaign> all = new ArrayList<>();
    for (String owner : List.of(Campaign.OWNER_OF_OTHERS, Campaign.OWNER_OF_OVER)) {
      all.addAll(all(documents, DocumentKey.Kind.CAMPAIGN, owner, Campaign.class));
    }
    return all;
  }
}
