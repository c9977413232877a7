package io.engage.jpa;

import io.engage.model.message.ContentDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements of the tables of blobs. Rows are locked in the order of their digests. */
final class BlobPieces {
  /** A piece has as many bytes at most. */
  static final int LONGEST = 1 << 20;

  private static final List<String> COLUMNS = List.of("digest", "content", "size", "put_at");

  private BlobPieces() {}

  /** Where the bytes are. */
  record Stored(long content, long size) {}

  static Optional<Stored> find(Session session, ContentDigest digest) throws SQLException {
    return session.first(
        "select content, size from engage_blob where digest = ?",
        row -> new Stored(row.getLong(1), row.getLong(2)),
        bytes(digest));
  }

  /** Stores small ones, or says of them that they were put now. */
  static void store(Session session, Map<ContentDigest, byte[]> some) throws SQLException {
    long now = now(session);
    Map<String, byte[]> missing = new TreeMap<>();
    some.forEach((digest, bytes) -> missing.put(digest.value(), bytes));
    touch(session, List.copyOf(missing.keySet()), now).forEach(missing::remove);
    if (!missing.isEmpty()) {
      insert(session, missing, now);
    }
  }

  /**
   * @return those that are there
   */
  private static Set<String> touch(Session session, List<String> sorted, long now)
      throws SQLException {
    int[] touched =
        session.updateAll(
            "update engage_blob set put_at = ? where digest = ?",
            sorted.stream()
                .map(each -> new @Nullable Object[] {now, HexFormat.of().parseHex(each)})
                .toList());
    Set<String> there = new HashSet<>();
    for (int i = 0; i < touched.length; i++) {
      if (touched[i] == 1) {
        there.add(sorted.get(i));
      }
    }
    return there;
  }

  /** Whoever inserts the same at the same moment puts it now, too: one of the two has stored it. */
  private static void insert(Session session, Map<String, byte[]> missing, long now)
      throws SQLException {
    List<Long> contents = contents(session, missing.size());
    Map<Long, byte[]> pieces = new LinkedHashMap<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Map.Entry<String, byte[]> each : missing.entrySet()) {
      long content = contents.get(rows.size());
      byte[] digest = HexFormat.of().parseHex(each.getKey());
      rows.add(new @Nullable Object[] {digest, content, (long) each.getValue().length, now});
      pieces.put(content, each.getValue());
    }
    session.insertMissing("engage_blob", COLUMNS, rows);
    pieces.keySet().retainAll(inserted(session, contents, rows));
    addPieces(
        session,
        pieces.entrySet().stream()
            .map(each -> new @Nullable Object[] {each.getKey(), 0, each.getValue()})
            .toList());
  }

  private static Set<Long> inserted(
      Session session, List<Long> contents, List<@Nullable Object[]> rows) throws SQLException {
    Set<Long> inserted =
        new HashSet<>(
            session.list(
                "select content from engage_blob where digest = any (?)",
                row -> row.getLong(1),
                rows.stream().map(row -> row[0]).toList()));
    inserted.retainAll(contents);
    return inserted;
  }

  /**
   * Stores what was uploaded under its digest, unless the same bytes are there.
   *
   * @return whether the uploaded pieces are needed
   */
  static boolean name(Session session, ContentDigest digest, Stored uploaded) throws SQLException {
    long now = now(session);
    if (!touch(session, List.of(digest.value()), now).isEmpty()) {
      return false;
    }
    session.insertMissing(
        "engage_blob",
        COLUMNS,
        List.<@Nullable Object[]>of(
            new @Nullable Object[] {bytes(digest), uploaded.content(), uploaded.size(), now}));
    return find(session, digest).filter(uploaded::equals).isPresent();
  }

  static void addPieces(Session session, List<@Nullable Object[]> pieces) throws SQLException {
    session.updateAll(
        "insert into engage_blob_piece (content, place, bytes) values (?, ?, ?)", pieces);
  }

  static Optional<byte[]> piece(Session session, long content, int place) throws SQLException {
    return session.first(
        "select bytes from engage_blob_piece where content = ? and place = ?",
        row -> row.getBytes(1),
        content,
        place);
  }

  static void deletePieces(Session session, Collection<Long> contents) throws SQLException {
    session.update("delete from engage_blob_piece where content = any (?)", contents);
  }

  /**
   * @return those that stay because they were put lately
   */
  static Set<ContentDigest> delete(
      Session session, List<ContentDigest> digests, Duration unlessPutWithin) throws SQLException {
    List<byte[]> asked = digests.stream().map(BlobPieces::bytes).toList();
    Map<Long, byte[]> old = new HashMap<>();
    session.list(
        """
        select content, digest from engage_blob where digest = any (?) and put_at <= ?
        order by digest for update\
        """,
        row -> old.put(row.getLong(1), row.getBytes(2)),
        asked,
        now(session) - Math.max(0, unlessPutWithin.toNanos()));
    if (!old.isEmpty()) {
      deletePieces(session, old.keySet());
      session.update("delete from engage_blob where digest = any (?)", old.values());
    }
    return session
        .list(
            "select digest from engage_blob where digest = any (?)",
            row -> ContentDigest.of(row.getBytes(1)),
            asked)
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  static List<ContentDigest> putBefore(
      Session session, Duration ago, @Nullable ContentDigest after, int limit) throws SQLException {
    return session.list(
        """
        select digest from engage_blob where digest > ? and put_at <= ?
        order by digest limit ?\
        """,
        row -> ContentDigest.of(row.getBytes(1)),
        after == null ? new byte[0] : bytes(after),
        now(session) - ago.toNanos(),
        limit);
  }

  static List<Long> contents(Session session, int count) throws SQLException {
    return session.list(
        session.dialect().nextOnes("engage_blob_content"), row -> row.getLong(1), count);
  }

  static long now(Session session) throws SQLException {
    return session.first("select " + session.dialect().now(), row -> row.getLong(1)).orElseThrow();
  }

  private static byte[] bytes(ContentDigest digest) {
    return HexFormat.of().parseHex(digest.value());
  }
}
