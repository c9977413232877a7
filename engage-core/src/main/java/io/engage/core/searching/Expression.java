package io.engage.core.searching;

import java.util.List;
import java.util.stream.Collectors;

/** What somebody typed, understood. {@link #toString} writes it so that it reads as the same. */
public sealed interface Expression {

  /** Each of them. */
  record And(List<Expression> of) implements Expression {
    public And {
      of = List.copyOf(of);
    }

    @Override
    public String toString() {
      return joined(of, " AND ");
    }
  }

  /** At least one of them. */
  record Or(List<Expression> of) implements Expression {
    public Or {
      of = List.copyOf(of);
    }

    @Override
    public String toString() {
      return joined(of, " OR ");
    }
  }

  /** The opposite. */
  record Not(Expression of) implements Expression {
    @Override
    public String toString() {
      return "NOT " + of;
    }
  }

  /** Something that stands in any column. */
  record Words(String text) implements Expression {
    @Override
    public String toString() {
      return quoted(text);
    }
  }

  /** A column compared with a value. */
  record Term(Column column, Operator operator, String value) implements Expression {
    @Override
    public String toString() {
      return column.code() + operator.sign() + quoted(value);
    }
  }

  private static String joined(List<Expression> parts, String by) {
    return parts.stream().map(Expression::toString).collect(Collectors.joining(by, "(", ")"));
  }

  /** Always with quotes, so that no value is taken for an operator. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
