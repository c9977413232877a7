package io.engage.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a caller and a port, or a driver, and says what becomes of each call: for tests of
 * what happens when something fails, comes late or is overtaken. What it lets through is done by
 * the real thing.
 */
public final class Between {
  private Between() {}

  /** What looks like {@code real}, and asks {@code reaction} at each call. */
  public static <T> T callersAnd(Class<T> type, T real, Reaction reaction) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> reaction.to(new Call(real, method, arguments))));
  }

  /** Decides what a call gives back. */
  @FunctionalInterface
  public interface Reaction {
    @Nullable Object to(Call call) throws Throwable;
  }

  /** One call on its way. */
  public static final class Call {
    private final Object real;
    private final Method method;
    private final @Nullable Object @Nullable [] arguments;

    private Call(Object real, Method method, @Nullable Object @Nullable [] arguments) {
      this.real = real;
      this.method = method;
      this.arguments = arguments;
    }

    /** The name of the method. */
    public String name() {
      return method.getName();
    }

    /** How many arguments it has. */
    public int size() {
      return arguments == null ? 0 : arguments.length;
    }

    /**
     * @param place 0 for the first
     */
    public @Nullable Object argument(int place) {
      if (arguments == null) {
        throw new IndexOutOfBoundsException("'%s' was called without arguments".formatted(name()));
      }
      return arguments[place];
    }

    /** Lets it through; throws what the real thing throws. */
    public @Nullable Object proceed() throws Throwable {
      return on(real);
    }

    /** Does the same to another object of that type. */
    public @Nullable Object on(Object other) throws Throwable {
      try {
        return method.invoke(other, arguments);
      } catch (InvocationTargetException failed) {
        throw failed.getTargetException();
      }
    }
  }
}
