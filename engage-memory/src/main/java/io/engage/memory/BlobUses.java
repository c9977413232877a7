package io.engage.memory;

import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What needs which bytes: found at once, however many need the same. */
final class BlobUses {
  private final Map<BlobUse, Set<String>> users = new HashMap<>();

  void add(Collection<BlobUse> uses, String user) {
    uses.forEach(use -> users.computeIfAbsent(use, any -> new LinkedHashSet<>(2)).add(user));
  }

  void remove(Collection<BlobUse> uses, String user) {
    uses.forEach(
        use ->
            users.computeIfPresent(
                use,
                (any, ids) -> {
                  ids.remove(user);
                  return ids.isEmpty() ? null : ids;
                }));
  }

  /**
   * @param but messages that do not count; at most so many are passed over for each use
   */
  List<BlobUse> of(Collection<ContentDigest> blobs, Set<String> but) {
    return blobs.stream()
        .distinct()
        .flatMap(blob -> Stream.of(BlobUse.By.values()).map(by -> new BlobUse(blob, by)))
        .filter(use -> isThere(use, but))
        .toList();
  }

  private boolean isThere(BlobUse use, Set<String> but) {
    Set<String> ids = users.getOrDefault(use, Set.of());
    return use.by().isMessage() ? ids.stream().anyMatch(id -> !but.contains(id)) : !ids.isEmpty();
  }
}
