package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The columns {@code form} and {@code body} of a row: a whole record.
 *
 * @param <T> the record's type
 */
final class Body<T> {
  private final StoredForm<T> form;

  private Body(StoredForm<T> form) {
    this.form = form;
  }

  static <T> Body<T> of(Class<T> type) {
    return new Body<>(StoredForm.of(type));
  }

  T read(ResultSet row) throws SQLException {
    return form.read(row.getString("body"), row.getInt("form"));
  }

  /** For the column {@code body}; {@link StoredForm#CURRENT} is for the one beside it. */
  String write(T value) {
    return form.write(value);
  }
}
