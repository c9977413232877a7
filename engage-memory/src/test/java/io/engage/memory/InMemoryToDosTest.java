package io.engage.memory;

import io.engage.model.customer.CustomerId;
import io.engage.spi.ToDos;
import io.engage.testkit.Sample;
import io.engage.testkit.ToDosContract;

class InMemoryToDosTest extends ToDosContract {
  private final InMemoryToDos toDos = InMemoryToDos.create();

  @Override
  protected ToDos toDos() {
    return toDos;
  }

  @Override
  protected CustomerId customer() {
    return Sample.ana().id();
  }

  @Override
  protected int count(String title) {
    return (int) toDos.all().stream().filter(toDo -> toDo.title().equals(title)).count();
  }
}
