package io.engage.core;

import java.util.function.Function;

/** One step after the other, as far as each is done. */
final class Outcomes {
  private Outcomes() {}

  /** Goes on with what is done; anything else is the end, in the same words. */
  static <T, U> Outcome<U> then(Outcome<T> first, Function<T, Outcome<U>> next) {
    if (first instanceof Outcome.Done<T> done) {
      return next.apply(done.value());
    } else if (first instanceof Outcome.Refused<T> refused) {
      return new Outcome.Refused<>(refused.reason());
    } else if (first instanceof Outcome.Unconfirmed<T> unconfirmed) {
      return new Outcome.Unconfirmed<>(unconfirmed.reason());
    } else if (first instanceof Outcome.AlreadySo) {
      return new Outcome.AlreadySo<>();
    }
    return new Outcome.Unknown<>();
  }
}
