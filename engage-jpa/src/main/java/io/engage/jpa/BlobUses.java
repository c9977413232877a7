package io.engage.jpa;

import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What but messages needs which bytes; the tables of what needs them keep it. */
final class BlobUses {
  /** What was erased needs nothing. */
  private static final String REMOVALS =
      Stream.of(Removal.values())
          .filter(each -> each != Removal.ERASED)
          .map(
              each ->
                  "('%s', '%s')"
                      .formatted(
                          each.code(), each == Removal.NONE ? "shown_message" : "deleted_message"))
          .collect(Collectors.joining(", "));

  /** The offsets have each answered by itself along an index, instead of all by one big join. */
  private static final String USES =
      """
      with asked(blob) as (select blob from unnest(cast(? as %s array)) as given(blob))
      select asked.blob, sort.code
      from asked cross join (values ('draft'), ('sent_draft'), ('held_mail'),
        ('quarantined_mail'), ('campaign_file')) as sort(code)
      where exists (
        select 1 from engage_blob_use u where u.blob = asked.blob and u.used_by = sort.code offset 0)
      union all
      select distinct asked.blob, sort.code
      from asked cross join (values %s) as sort(removal, code)
      where exists (
        select 1 from engage_message m where m.source = asked.blob
        and m.removal = sort.removal and not m.id = any (?) offset 0)\
      """;

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

  /**
   * What needs these bytes: of each sort no more than one is looked for.
   *
   * @param but messages that do not count
   */
  static List<BlobUse> of(
      Session session, Collection<ContentDigest> blobs, Collection<MessageId> but)
      throws SQLException {
    List<byte[]> asked = blobs.stream().distinct().map(MessageTable::bytes).toList();
    List<String> passed = but.stream().map(MessageId::value).distinct().toList();
    return session.list(
        USES.formatted(session.dialect().bytesType(), REMOVALS),
        row ->
            new BlobUse(
                ContentDigest.of(row.getBytes(1)),
                BlobUse.By.valueOf(row.getString(2).toUpperCase(Locale.ROOT))),
        asked,
        passed);
  }

  /** As it stands in the column {@code used_by}. */
  static String code(BlobUse.By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
