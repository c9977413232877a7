package io.engage.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how much of a rate is used up, so that all nodes together keep to it. What it keeps are a
 * few bytes for each name, which mean something to the caller alone.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines; often, so it should be cheap.
 *
 * <p>{@code PacesContract} in engage-testkit has a test for each promise on this page.
 */
public interface Paces {

  /** What was kept last under this name; empty when nothing was. */
  Optional<byte[]> find(String name);

  /**
   * Keeps {@code next}, if what is kept now is {@code before}.
   *
   * @param before null for nothing
   * @return whether it was; when it was not, nothing has changed
   */
  boolean swap(String name, byte @Nullable [] before, byte[] next);

  /**
   * Forgets what is kept under all names that begin with {@code beginning}, letter by letter: no
   * letter stands for another. Whoever swaps what they had found before finds that it is gone.
   */
  void removeAll(String beginning);
}
