package io.engage.jpa;

import io.engage.model.message.BlobUse;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What but messages needs which bytes; the tables of what needs them keep it. */
final class BlobUses {
  private BlobUses() {}

  /**
   * Something that needs bytes, or none.
   *
   * @param id unlike that of anything in another table
   */
  record User(String id, Collection<BlobUse> uses) {}

  static void add(Session session, List<User> users) throws SQLException {
    session.updateAll(
        "insert into engage_blob_use (blob, used_by, user_id) values (?, ?, ?)",
        users.stream().flatMap(BlobUses::rows).toList());
  }

  private static Stream<Object[]> rows(User user) {
    return user.uses().stream()
        .map(
            use ->
                new Object[] {
                  HexFormat.of().parseHex(use.blob().value()), code(use.by()), user.id()
                });
  }

  /** What these needed before. */
  static void forget(Session session, List<String> users) throws SQLException {
    if (!users.isEmpty()) {
      session.update("delete from engage_blob_use where user_id = any (?)", users);
    }
  }

  /** As it stands in the column {@code used_by}. */
  static String code(BlobUse.By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
