package io.engage.core;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Remembers what a publisher gives, and whether it keeps to the rules while it does. */
final class Watcher<T> implements Flow.Subscriber<T> {
  private final List<T> seen = new ArrayList<>();
  private final List<Throwable> errors = new ArrayList<>();
  private final long atFirst;
  private Flow.Subscription subscription;
  private boolean inside;
  private boolean brokeRules;
  private int completions;

  private Watcher(long atFirst) {
    this.atFirst = atFirst;
  }

  /** One who wants everything. */
  static <T> Watcher<T> of(Flow.Publisher<T> publisher) {
    return of(publisher, Long.MAX_VALUE);
  }

  /** One who wants no more than this until they ask for more. */
  static <T> Watcher<T> of(Flow.Publisher<T> publisher, long atFirst) {
    Watcher<T> watcher = new Watcher<>(atFirst);
    publisher.subscribe(watcher);
    return watcher;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    enter(subscription == null);
    synchronized (this) {
      subscription = given;
    }
    if (atFirst > 0) {
      given.request(atFirst);
    }
    leave();
  }

  @Override
  public void onNext(T item) {
    enter(completions == 0 && errors.isEmpty());
    synchronized (this) {
      seen.add(item);
    }
    leave();
  }

  @Override
  public void onError(Throwable failed) {
    enter(completions == 0 && errors.isEmpty());
    synchronized (this) {
      errors.add(failed);
    }
    leave();
  }

  @Override
  public void onComplete() {
    enter(completions == 0 && errors.isEmpty());
    synchronized (this) {
      completions++;
    }
    leave();
  }

  private synchronized void enter(boolean asItShould) {
    brokeRules |= inside || !asItShould;
    inside = true;
  }

  private synchronized void leave() {
    inside = false;
  }

  void request(long count) {
    subscription().request(count);
  }

  void cancel() {
    subscription().cancel();
  }

  private Flow.Subscription subscription() {
    if (!hasBegun()) {
      await().atMost(1, TimeUnit.MINUTES).until(this::hasBegun);
    }
    synchronized (this) {
      return subscription;
    }
  }

  private synchronized boolean hasBegun() {
    return subscription != null;
  }

  synchronized List<T> seen() {
    return List.copyOf(seen);
  }

  synchronized List<Throwable> errors() {
    return List.copyOf(errors);
  }

  synchronized boolean isComplete() {
    return completions > 0;
  }

  /** Calls one at a time, nothing before the beginning, nothing after the end. */
  synchronized boolean keptToRules() {
    return !brokeRules;
  }

  /** Waits until what was seen is as it should be; fails when it never is. */
  List<T> awaitSeen(Predicate<List<T>> asItShouldBe) {
    await().atMost(1, TimeUnit.MINUTES).until(() -> asItShouldBe.test(seen()));
    return seen();
  }

  void awaitEnd() {
    await().atMost(1, TimeUnit.MINUTES).until(() -> isComplete() || !errors().isEmpty());
  }
}
