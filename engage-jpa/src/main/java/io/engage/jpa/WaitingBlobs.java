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
 * moment: where there are more and they cannot be stored, what is put then is refused.
 */
final class WaitingBlobs {
  private static final long MOST_BYTES = 4L << 20;

  /** Many who put at the same moment are not one huge transaction. */
  private static final long MOST_BYTES_AT_ONCE = 2 * MOST_BYTES;

  private final Consumer<Map<ContentDigest, byte[]>> storing;
  private final Map<ContentDigest, byte[]> waiting = new ConcurrentHashMap<>();
  private final AtomicLong size = new AtomicLong();

  WaitingBlobs(Consumer<Map<ContentDigest, byte[]>> storing) {
    this.storing = storing;
  }

  void add(ContentDigest digest, byte[] bytes) {
    byte @Nullable [] earlier = waiting.put(digest, bytes);
    if (size.addAndGet(bytes.length - lengthOf(earlier)) <= MOST_BYTES) {
      return;
    }
    boolean stored = false;
    try {
      store();
      stored = true;
    } finally {
      if (!stored) {
        takeBack(digest, bytes, earlier);
      }
    }
  }

  /** What others have put stays: they were told that it is kept. */
  private void takeBack(ContentDigest digest, byte[] bytes, byte @Nullable [] earlier) {
    boolean back =
        earlier == null ? waiting.remove(digest, bytes) : waiting.replace(digest, bytes, earlier);
    if (back) {
      size.addAndGet(lengthOf(earlier) - bytes.length);
    }
  }

  private static long lengthOf(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  byte @Nullable [] find(ContentDigest digest) {
    return waiting.get(digest);
  }

  /**
   * Returns when everything is stored that was added before; whoever is just storing is waited for,
   * since it may have some of it. Bytes that are put again meanwhile stay, to be stored anew.
   */
  synchronized void store() {
    Map<ContentDigest, byte[]> portion = new LinkedHashMap<>();
    long bytes = 0;
    for (Map.Entry<ContentDigest, byte[]> each : Map.copyOf(waiting).entrySet()) {
      if (bytes + each.getValue().length > MOST_BYTES_AT_ONCE) {
        store(portion);
        portion.clear();
        bytes = 0;
      }
      portion.put(each.getKey(), each.getValue());
      bytes += each.getValue().length;
    }
    store(portion);
  }

  private void store(Map<ContentDigest, byte[]> portion) {
    if (portion.isEmpty()) {
      return;
    }
    storing.accept(portion);
    portion.forEach(
        (digest, bytes) -> {
          if (waiting.remove(digest, bytes)) {
            size.addAndGet(-bytes.length);
          }
        });
  }
}
