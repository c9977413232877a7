package io.engage.spi;

import io.engage.model.calendar.NewToDo;

/**
 * Creates to-dos in the host's own list.
 *
 * <p><b>Callers.</b> Agents' threads, several at once.
 *
 * <p><b>Repetition.</b> A second call with the same {@link NewToDo#key()} creates nothing and
 * answers with the first id.
 *
 * <p>{@code ToDosContract} in engage-testkit has a test for each promise on this page.
 */
public interface ToDos {

  /**
   * Creates a to-do.
   *
   * @return its id in the host
   */
  String create(NewToDo toDo);
}
