package io.engage.memory;

import io.engage.spi.Paces;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How much of each rate is used up. */
final class PaceTable implements Paces {
  private final ConcurrentMap<String, byte[]> kept = new ConcurrentHashMap<>();

  @Override
  public Optional<byte[]> find(String name) {
    return Optional.ofNullable(kept.get(name)).map(byte[]::clone);
  }

  @Override
  public boolean swap(String name, byte @Nullable [] before, byte[] next) {
    byte[] copy = next.clone();
    if (before == null) {
      return kept.putIfAbsent(name, copy) == null;
    }
    AtomicBoolean swapped = new AtomicBoolean();
    kept.computeIfPresent(
        name,
        (any, now) -> {
          boolean same = Arrays.equals(now, before);
          swapped.set(same);
          return same ? copy : now;
        });
    return swapped.get();
  }

  @Override
  public void removeAll(String beginning) {
    kept.keySet().removeIf(name -> name.startsWith(beginning));
  }
}
