package io.engage.memory;

import io.engage.model.calendar.NewToDo;
import io.engage.model.calendar.ToDoCreation;
import io.engage.spi.ToDos;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of things to do. */
public final class InMemoryToDos implements ToDos {
  private final Guard guard = new Guard();
  private final Map<String, Kept> byKey = new LinkedHashMap<>();

  private record Kept(String id, NewToDo toDo) {}

  private InMemoryToDos() {}

  /** An empty list. */
  public static InMemoryToDos create() {
    return new InMemoryToDos();
  }

  /** What was created, in order. */
  public List<NewToDo> all() {
    return guard.read(() -> byKey.values().stream().map(Kept::toDo).toList());
  }

  @Override
  public ToDoCreation create(NewToDo toDo) {
    return guard.write(
        () -> new ToDoCreation.Created(byKey.computeIfAbsent(toDo.key(), key -> next(toDo)).id));
  }

  private Kept next(NewToDo toDo) {
    return new Kept("to-do-" + (byKey.size() + 1), toDo);
  }
}
