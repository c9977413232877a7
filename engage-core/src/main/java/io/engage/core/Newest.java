package io.engage.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that changes, for any number of readers. Nothing is kept for one who reads slowly: they
 * miss what lay between, and hold up nobody.
 */
final class Newest<T> {
  private final Executor executor;
  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private volatile @Nullable Numbered<T> newest;

  Newest(Executor executor) {
    this.executor = executor;
  }

  private record Numbered<T>(T value, long number) {}

  Optional<T> find() {
    return Optional.ofNullable(newest).map(Numbered::value);
  }

  boolean isRead() {
    return !readers.isEmpty();
  }

  /**
   * One more reader, who is given the value as soon as there is one.
   *
   * @param mayGoOn asked now and then; who may not is told that it has ended
   */
  void add(Subscriber<? super T> subscriber, BooleanSupplier mayGoOn) {
    Reader reader = new Reader(subscriber, mayGoOn);
    readers.add(reader);
    reader.subscription.wake();
  }

  /** One thread at a time. */
  void show(T value) {
    Numbered<T> before = newest;
    newest = new Numbered<>(value, before == null ? 1 : before.number() + 1);
    readers.forEach(each -> each.subscription.wake());
  }

  /** It is over, for everybody. */
  void end() {
    readers.forEach(Reader::end);
  }

  /** It is over for those who may not go on. */
  void endWhereNotAllowed() {
    readers.stream().filter(each -> !each.mayGoOn.getAsBoolean()).forEach(Reader::end);
  }

  /** One of those who read. */
  private final class Reader implements PulledSubscription.Source<T> {
    private final PulledSubscription<T> subscription;
    private final BooleanSupplier mayGoOn;
    private volatile boolean over;
    private long given;

    Reader(Subscriber<? super T> subscriber, BooleanSupplier mayGoOn) {
      this.subscription = new PulledSubscription<>(subscriber, this, executor);
      this.mayGoOn = mayGoOn;
    }

    void end() {
      over = true;
      subscription.wake();
    }

    @Override
    public Optional<T> next() {
      Numbered<T> now = newest;
      if (over || now == null || now.number() == given) {
        return Optional.empty();
      }
      given = now.number();
      return Optional.of(now.value());
    }

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public void close() {
      readers.remove(this);
    }
  }
}
