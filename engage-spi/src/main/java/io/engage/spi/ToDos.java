package io.engage.spi;

import io.engage.model.calendar.NewToDo;
import io.engage.model.calendar.ToDoCreation;

/**
 * Creates to-dos in the host's own list.
 *
 * <p><b>Callers.</b> Agents' threads, several at once.
 *
 * <p><b>Repetition.</b> A second call with the same {@link NewToDo#key()} creates nothing and
 * answers as the first did.
 *
 * <p><b>Failure.</b> Throw {@link PortFailure} when the list cannot be reached now: the agent asks
 * again, with the same key.
 *
 * <p>{@code ToDosContract} in engage-testkit has a test for each promise on this page.
 */
public interface ToDos {

  /** Creates a to-do, or says why not. */
  ToDoCreation create(NewToDo toDo);

  /** A list that takes nothing and says why. */
  static ToDos none() {
    return toDo ->
        new ToDoCreation.Refused("No to-do list is plugged in. Give Engage one with toDos(...).");
  }
}
