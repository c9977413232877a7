package io.engage.memory;

import io.engage.model.conversation.InboxChange.Drop;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.BlobUse;
import io.engage.spi.Documents;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Documents by kind, and by kind and owner, in order of their ids. */
final class DocumentTable implements Documents {
  private final Guard guard;
  private final BlobUses blobUses;
  private final Map<DocumentKey.Kind, NavigableMap<String, Document>> byKind =
      new EnumMap<>(DocumentKey.Kind.class);
  private final Map<Owned, NavigableMap<String, Document>> byOwner = new HashMap<>();

  private record Owned(DocumentKey.Kind kind, String owner) {}

  DocumentTable(Guard guard, BlobUses blobUses) {
    this.guard = guard;
    this.blobUses = blobUses;
  }

  @Override
  public List<Document> find(Collection<DocumentKey> keys) {
    return guard.read(
        () -> keys.stream().distinct().map(this::stored).filter(Objects::nonNull).toList());
  }

  @Override
  public List<Document> ofOwner(DocumentKey.Kind kind, String owner, String afterId, int limit) {
    return guard.read(
        () -> owned(kind, owner).tailMap(afterId, false).values().stream().limit(limit).toList());
  }

  @Override
  public List<Document> ofKind(DocumentKey.Kind kind, String afterId, int limit) {
    return guard.read(
        () -> of(kind).tailMap(afterId, false).values().stream().limit(limit).toList());
  }

  @Override
  public long count(DocumentKey.Kind kind, String owner) {
    return guard.read(() -> owned(kind, owner).size());
  }

  private @Nullable Document stored(DocumentKey key) {
    return of(key.kind()).get(key.id());
  }

  private NavigableMap<String, Document> of(DocumentKey.Kind kind) {
    return byKind.getOrDefault(kind, Collections.emptyNavigableMap());
  }

  private NavigableMap<String, Document> owned(DocumentKey.Kind kind, String owner) {
    return byOwner.getOrDefault(new Owned(kind, owner), Collections.emptyNavigableMap());
  }

  /** The held mails of one inbox go over to another. */
  void succeed(InboxId gone, InboxId heir) {
    List.copyOf(owned(DocumentKey.Kind.HELD_MAIL, gone.value()).values())
        .forEach(each -> store(((HeldMail) each).in(heir)));
  }

  void check(List<Document> changed) {
    Versions versions = new Versions("document");
    for (Document each : changed) {
      Document stored = stored(each.key());
      versions.require(
          each.key().toString(), each.version(), stored == null ? 0 : stored.version());
    }
  }

  void checkDropped(List<Drop<DocumentKey>> dropped) {
    Versions versions = new Versions("document");
    for (Drop<DocumentKey> each : dropped) {
      Document stored = stored(each.what());
      versions.requireDropped(each.what().toString(), each, stored == null ? 0 : stored.version());
    }
  }

  void store(Document changed) {
    drop(changed.key());
    Document stored = changed.withVersion(changed.version() + 1);
    byKind
        .computeIfAbsent(stored.key().kind(), any -> new TreeMap<>())
        .put(stored.key().id(), stored);
    blobUses.add(BlobUse.of(stored), stored.key().toString());
    byOwner.computeIfAbsent(owned(stored), any -> new TreeMap<>()).put(stored.key().id(), stored);
  }

  void drop(DocumentKey key) {
    Document gone = stored(key);
    if (gone != null) {
      of(key.kind()).remove(key.id());
      blobUses.remove(BlobUse.of(gone), key.toString());
      byOwner.computeIfPresent(
          owned(gone),
          (any, documents) -> {
            documents.remove(key.id());
            return documents.isEmpty() ? null : documents;
          });
    }
  }

  private static Owned owned(Document document) {
    return new Owned(document.key().kind(), document.owner());
  }
}
