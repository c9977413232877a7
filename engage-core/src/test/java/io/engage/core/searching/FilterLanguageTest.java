package io.engage.core.searching;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.searching.Expression.And;
import io.engage.core.searching.Expression.Not;
import io.engage.core.searching.Expression.Or;
import io.engage.core.searching.Expression.Term;
import io.engage.core.searching.Expression.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("WK-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FilterLanguageTest {
  private final FilterLanguage language = new FilterLanguage();

  @Test
  void columns_groups_quotes_and_dates_are_understood() {
    var read = read("from:(acme OR \"j. doe\") AND NOT subject:invoice AND received>=2026-01-01");

    assertThat(read)
        .isEqualTo(
            new And(
                List.of(
                    new Or(
                        List.of(
                            new Term(Column.FROM, Operator.HAS, "acme"),
                            new Term(Column.FROM, Operator.HAS, "j. doe"))),
                    new Not(new Term(Column.SUBJECT, Operator.HAS, "invoice")),
                    new Term(Column.RECEIVED, Operator.FROM, "2026-01-01"))));
  }

  @Test
  void words_side_by_side_mean_both_and_a_minus_means_not() {
    var read = read("red -bike OR \"blue car\"");

    assertThat(read)
        .isEqualTo(
            new Or(
                List.of(
                    new And(List.of(new Words("red"), new Not(new Words("bike")))),
                    new Words("blue car"))));
  }

  @Test
  void behind_a_column_stands_what_stands_in_its_parentheses() {
    Understanding apart = language.decide(Column.FROM, "acme OR \"j. doe\" -invoice");

    assertThat(apart)
        .isEqualTo(language.decide("from:(acme OR \"j. doe\" -invoice)"))
        .isInstanceOf(Understanding.Understood.class);
  }

  @Test
  void a_column_that_compares_does_so_within_its_parentheses_too() {
    Understanding span = language.decide(Column.RECEIVED, ">=2026-01-01 <2026-02-01");

    assertThat(span)
        .isEqualTo(language.decide("received>=2026-01-01 AND received<2026-02-01"))
        .isEqualTo(language.decide("received:(>=2026-01-01 <2026-02-01)"))
        .isInstanceOf(Understanding.Understood.class);
    assertThat(read("subject:(>3)")).isEqualTo(new Term(Column.SUBJECT, Operator.HAS, ">3"));
  }

  @Test
  void a_mistake_behind_a_column_is_shown_where_it_is() {
    assertThat(language.decide(Column.PRIORITY, "<=7 OR high"))
        .isEqualTo(new Understanding.Misunderstood(8, "a priority is a number"));
  }

  @Test
  void what_merely_looks_like_an_operator_is_a_word() {
    var read = read("ORDER android NOTE and \"AND\" jo@shop.example");

    assertThat(read)
        .isEqualTo(
            new And(
                List.of(
                    new Words("ORDER"),
                    new Words("android"),
                    new Words("NOTE"),
                    new Words("and"),
                    new Words("AND"),
                    new Words("jo@shop.example"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "from:(acme OR      | 14 | missing here",
        "from:(acme         | 6  | has no ')'",
        "acme)              | 5  | without its '('",
        "form:acme          | 1  | no column 'form'",
        "subject:\"acme     | 9  | has no end",
        "subject:\"\"       | 9  | nothing between",
        "received>=soon     | 11 | a date is expected",
        "received:2026-02-30| 10 | a date is expected",
        "subject>acme       | 9  | cannot be compared",
        "priority:high      | 10 | is a number",
        "is:lost            | 4  | completed, open",
        "channel:fax        | 9  | email or sms",
        "a AND              | 6  | missing here",
        "NOT                | 4  | missing here",
        "()                 | 2  | missing here",
      })
  void a_mistake_is_shown_where_it_is(String typed, int column, String reason) {
    var understanding = language.decide(typed.strip());

    assertThat(understanding)
        .isInstanceOfSatisfying(
            Understanding.Misunderstood.class,
            mistake -> {
              assertThat(mistake.column()).isEqualTo(column);
              assertThat(mistake.describe()).contains(reason);
            });
  }

  @Test
  void what_has_no_bounds_is_refused() {
    assertThat(language.decide("(".repeat(3_000))).isInstanceOf(Understanding.Misunderstood.class);
    assertThat(language.decide("-".repeat(3_000))).isInstanceOf(Understanding.Misunderstood.class);
    assertThat(language.decide("a ".repeat(1_000))).isInstanceOf(Understanding.Misunderstood.class);
    assertThat(language.decide("a".repeat(5_000))).isInstanceOf(Understanding.Misunderstood.class);
  }

  @RepeatedTest(200)
  void what_was_understood_reads_the_same_when_it_is_written_again(RepetitionInfo repetition) {
    Expression any = any(new Random(repetition.getCurrentRepetition()), 4);

    var read = read(any.toString());

    assertThat(read).isEqualTo(any);
  }

  private Expression read(String typed) {
    return ((Understanding.Understood) language.decide(typed)).expression();
  }

  private static Expression any(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 2)) {
      case 0 -> new Words(text(random));
      case 1 -> term(random);
      case 2 -> new Not(any(random, depth - 1));
      case 3 -> new And(several(random, depth));
      default -> new Or(several(random, depth));
    };
  }

  private static List<Expression> several(Random random, int depth) {
    List<Expression> parts = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      parts.add(any(random, depth - 1));
    }
    return parts;
  }

  private static Expression term(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Term(Column.COMPLETED, Operator.BEFORE, "2026-11-22T09:30");
      case 1 -> new Term(Column.PRIORITY, Operator.UP_TO, "7");
      default -> new Term(Column.SUBJECT, Operator.HAS, text(random));
    };
  }

  private static String text(Random random) {
    String letters = "ab \"\\():<>=-OR\u00e9\uD83D\uDE00";
    StringBuilder text = new StringBuilder("x");
    for (int i = 0; i < random.nextInt(8); i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
