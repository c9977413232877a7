package io.engage.examples.posdemo;

import io.engage.model.queue.InboxPicture;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The screen on which a supervisor watches an inbox; a host would send each picture to a page. */
final class Screen implements Flow.Subscriber<InboxPicture>, AutoCloseable {
  private static final int SECONDS = 60;

  private final BlockingQueue<InboxPicture> pictures = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(InboxPicture picture) {
    pictures.add(picture);
  }

  @Override
  public void onError(Throwable broken) {}

  @Override
  public void onComplete() {}

  /** The first picture that shows this. */
  InboxPicture showing(Predicate<InboxPicture> what) {
    try {
      while (true) {
        InboxPicture picture = pictures.poll(SECONDS, TimeUnit.SECONDS);
        if (picture == null) {
          throw new IllegalStateException("The screen does not show it");
        }
        if (what.test(picture)) {
          return picture;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Nobody looks at the screen any more", stopped);
    }
  }

  @Override
  public void close() {
    Flow.Subscription begun = subscription;
    if (begun != null) {
      begun.cancel();
    }
  }
}
