package io.engage.jpa;

import io.engage.model.message.ContentDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that were put and are not stored yet: readable in this process until they are stored, and
 * then in the table. There are never more of them than {@link #MOST_BYTES} and what is put at that
 * moment.
 */
final class WaitingBlobs {
  private static final long MOST_BYTES = 4L << 20;

  private final Consumer<Map<ContentDigest, byte[]>> storing;
  private final Map<ContentDigest, byte[]> waiting = new ConcurrentHashMap<>();
  private final AtomicLong size = new AtomicLong();

  WaitingBlobs(Consumer<Map<ContentDigest, byte[]>> storing) {
    this.storing = storing;
  }

  void add(ContentDigest digest, byte[] bytes) {
    byte[] earlier = waiting.put(digest, bytes);
    if (size.addAndGet(bytes.length - (earlier == null ? 0 : earlier.length)) > MOST_BYTES) {
      store();
    }
  }

  byte @Nullable [] find(ContentDigest digest) {
    return waiting.get(digest);
  }

  /**
   * Returns when everything is stored that was added before; whoever is just storing is waited for,
   * since it may have some of it. Bytes that are put again meanwhile stay, to be stored anew.
   */
  synchronized void store() {
    Map<ContentDigest, byte[]> some = new LinkedHashMap<>(waiting);
    if (some.isEmpty()) {
      return;
    }
    storing.accept(some);
    some.forEach(
        (digest, bytes) -> {
          if (waiting.remove(digest, bytes)) {
            size.addAndGet(-bytes.length);
          }
        });
  }
}
