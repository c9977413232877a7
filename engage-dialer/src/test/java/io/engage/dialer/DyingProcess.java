package io.engage.dialer;

import io.engage.model.inbox.Credential;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.InboxStore;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.spi.Paces;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that dies at the step with the given number, just before or just after it took effect,
 * and never gets to do anything again. What it stands on survives.
 */
final class DyingProcess {
  private static final Set<String> DEADLY =
      Set.of(
          "claim",
          "claimAbandoned",
          "prolong",
          "markAttempting",
          "settle",
          "release",
          "note",
          "commit",
          "swap");

  private final int deadlyStep;
  private final boolean afterwards;
  private int steps;

  DyingProcess(int deadlyStep, boolean afterwards) {
    this.deadlyStep = deadlyStep;
    this.afterwards = afterwards;
  }

  /** Nothing in the process may catch this and go on. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(boolean afterTheStep) {
      super(afterTheStep ? "just after the step" : "before the step");
    }
  }

  synchronized boolean hasDied() {
    return steps >= deadlyStep;
  }

  private synchronized <T> @Nullable T step(Supplier<T> effect) {
    if (hasDied()) {
      throw new Killed(false);
    }
    steps++;
    if (steps < deadlyStep) {
      return effect.get();
    }
    T lost = afterwards ? effect.get() : null;
    throw new Killed(lost != null);
  }

  Storage storage(Storage good) {
    Recipients recipients = dying(Recipients.class, good.recipients());
    Paces paces = dying(Paces.class, good.paces());
    InboxStore inboxes = dying(InboxStore.class, good.inboxes());
    return proxy(
        Storage.class,
        good,
        name ->
            switch (name) {
              case "recipients" -> recipients;
              case "paces" -> paces;
              case "inboxes" -> inboxes;
              default -> null;
            });
  }

  private <P> P dying(Class<P> port, P good) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              Supplier<@Nullable Object> effect = () -> call(method, good, arguments);
              return DEADLY.contains(method.getName()) ? step(effect) : effect.get();
            }));
  }

  private static <P> P proxy(Class<P> port, P good, Function<String, @Nullable Object> instead) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              Object other = instead.apply(method.getName());
              return other != null ? other : call(method, good, arguments);
            }));
  }

  private static @Nullable Object call(Method method, Object good, Object @Nullable [] arguments) {
    try {
      return method.invoke(good, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw new IllegalStateException(thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  MailSystem mail(MailSystem good) {
    return new MailSystem() {
      @Override
      public MailSource source() {
        return good.source();
      }

      @Override
      public MailTransport transport() {
        return account -> step(() -> session(good.transport().open(account)));
      }

      @Override
      public MailFormat format() {
        return good.format();
      }

      @Override
      public MailSystem trying(@Nullable Credential credential) {
        return good.trying(credential);
      }
    };
  }

  private TransportSession session(TransportSession good) {
    return new TransportSession() {
      @Override
      public SendOutcome send(Envelope envelope) {
        return step(() -> good.send(envelope));
      }

      @Override
      public boolean isUsable() {
        return good.isUsable();
      }

      @Override
      public void close() {
        good.close();
      }
    };
  }
}
