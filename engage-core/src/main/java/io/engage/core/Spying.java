package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.ConversationId;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a supervisor follows, to be followed once: who wants to again has to be permitted again. */
final class Spying implements Flow.Publisher<Observation> {
  private final Parts parts;
  private final Permitting permitting;
  private final ConversationId conversation;
  private final boolean withDrafts;
  private final AtomicBoolean taken = new AtomicBoolean();

  Spying(Parts parts, Permitting permitting, ConversationId conversation, boolean withDrafts) {
    this.parts = parts;
    this.permitting = permitting;
    this.conversation = conversation;
    this.withDrafts = withDrafts;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Observation> subscriber) {
    requireNonNull(subscriber, "subscriber");
    if (!taken.compareAndSet(false, true)) {
      refuse(
          subscriber,
          new IllegalStateException("This is followed already. Ask the supervisor desk again."));
      return;
    }
    try {
      begin(subscriber);
    } catch (RuntimeException unreachable) {
      refuse(subscriber, unreachable);
    }
  }

  /** Followed before it is looked at, so that nothing is missed in between. */
  private void begin(Flow.Subscriber<? super Observation> subscriber) {
    Stirs stirs = new Stirs(conversation);
    PulledSubscription<Observation> subscription =
        new PulledSubscription<>(
            subscriber,
            new Observing(parts, permitting, conversation, withDrafts, stirs),
            parts.executor());
    stirs.follow(parts.chain(), subscription::wake);
    subscription.wake();
  }

  /** Nothing can be followed, and they are told why. */
  static void refuse(Flow.Subscriber<?> subscriber, RuntimeException reason) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            // Nothing will come.
          }

          @Override
          public void cancel() {
            // Nothing has begun.
          }
        });
    subscriber.onError(reason);
  }
}
