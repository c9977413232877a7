package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.calendar.NewToDo;
import io.engage.model.calendar.ToDoCreation;
import io.engage.model.customer.CustomerId;
import io.engage.spi.ToDos;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link ToDos} must do: each wish once. Extend it and return a list of to-dos. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("WK-3")
public abstract class ToDosContract {
  private ToDos toDos;

  /** A list for one test. */
  protected abstract ToDos toDos();

  /** A customer who exists. */
  protected abstract CustomerId customer();

  /** How many to-dos the list of this test has with this title. */
  protected abstract int count(String title);

  @BeforeEach
  void openList() {
    toDos = toDos();
  }

  @Test
  void a_to_do_is_created_and_named() {
    NewToDo wish = wish();

    ToDoCreation creation = toDos.create(wish);

    assertThat(creation)
        .isInstanceOfSatisfying(
            ToDoCreation.Created.class, created -> assertThat(created.id()).isNotBlank());
    assertThat(count(wish.title())).isEqualTo(1);
  }

  @Test
  void a_to_do_without_a_last_day_is_created_too() {
    NewToDo wish = new NewToDo(mark(), customer(), Sample.clara().id(), "Call " + mark(), null);

    toDos.create(wish);

    assertThat(count(wish.title())).isEqualTo(1);
  }

  @Test
  void a_repeat_creates_nothing_and_is_answered_as_before() {
    NewToDo wish = wish();
    ToDoCreation first = toDos.create(wish);

    ToDoCreation second = toDos.create(wish);

    assertThat(second).isEqualTo(first);
    assertThat(count(wish.title())).isEqualTo(1);
  }

  @Test
  void the_same_wish_under_another_key_is_another_to_do() {
    NewToDo wish = wish();
    NewToDo other =
        new NewToDo(mark(), wish.customer(), wish.createdBy(), wish.title(), wish.dueOn());

    ToDoCreation first = toDos.create(wish);
    ToDoCreation second = toDos.create(other);

    assertThat(second).isNotEqualTo(first);
    assertThat(count(wish.title())).isEqualTo(2);
  }

  @RepeatedTest(5)
  void of_callers_with_the_same_wish_one_creates_it() {
    NewToDo wish = wish();

    List<ToDoCreation> all = Race.run(8, () -> toDos.create(wish));

    assertThat(all).containsOnly(all.get(0));
    assertThat(count(wish.title())).isEqualTo(1);
  }

  private NewToDo wish() {
    return new NewToDo(
        mark(), customer(), Sample.clara().id(), "Order " + mark(), LocalDate.of(2026, 3, 9));
  }

  private static String mark() {
    return UUID.randomUUID().toString();
  }
}
