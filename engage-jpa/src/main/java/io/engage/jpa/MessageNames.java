package io.engage.jpa;

import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Under which Message-IDs messages are found. Anybody may repeat one, so no more than the oldest of
 * each are remembered.
 */
final class MessageNames {
  private static final int MOST_OF_ONE_NAME = 20;
  private static final int LENGTH = 16;
  private static final Comparator<Row> OLDEST_FIRST =
      Comparator.comparingLong(Row::at).thenComparing(Row::message);

  private static final SideRows<Row> ROWS =
      new SideRows<>(
          "engage_message_name",
          List.of("name", "own", "at", "message"),
          row ->
              new Row(
                  ByteBuffer.wrap(row.getBytes(1)),
                  row.getBoolean(2),
                  row.getLong(3),
                  Texts.text(row.getString(4))),
          row -> new Object[] {row.name.array(), row.own, row.at, row.message});

  private MessageNames() {}

  /**
   * @param stored those of the messages that were there before
   */
  static void replace(Session session, Collection<String> stored, Collection<Message> messages)
      throws SQLException {
    Set<Row> wanted = messages.stream().flatMap(MessageNames::of).collect(Collectors.toSet());
    if (!wanted.isEmpty() || !stored.isEmpty()) {
      Set<Row> present = present(session, wanted, stored);
      Set<String> changed = Set.copyOf(stored);
      Stream<Row> others = present.stream().filter(each -> !changed.contains(each.message));
      ROWS.change(session, present, oldest(Stream.concat(others, wanted.stream())));
    }
  }

  /** What there is of the same names or of the same messages. */
  private static Set<Row> present(Session session, Set<Row> wanted, Collection<String> stored)
      throws SQLException {
    List<byte[]> names = wanted.stream().map(Row::name).distinct().map(ByteBuffer::array).toList();
    return names.isEmpty()
        ? ROWS.list(session, "message = any (?)", stored)
        : stored.isEmpty()
            ? ROWS.list(session, "name = any (?)", names)
            : ROWS.list(session, "name = any (?)", names, "message = any (?)", stored);
  }

  private static Set<Row> oldest(Stream<Row> rows) {
    return rows
        .collect(Collectors.groupingBy(each -> List.of(each.name, each.own), Collectors.toSet()))
        .values()
        .stream()
        .flatMap(each -> each.stream().sorted(OLDEST_FIRST).limit(MOST_OF_ONE_NAME))
        .collect(Collectors.toSet());
  }

  /** Of these Message-IDs; for {@code = any (?)}. */
  static List<byte[]> of(Collection<RfcMessageId> ids) {
    return ids.stream().map(MessageNames::of).distinct().map(ByteBuffer::array).toList();
  }

  private static Stream<Row> of(Message message) {
    return Stream.concat(
        Stream.ofNullable(message.headers().messageId()).map(id -> row(id, true, message)),
        message.headers().ancestors().stream().map(id -> row(id, false, message)));
  }

  private static Row row(RfcMessageId id, boolean own, Message message) {
    return new Row(of(id), own, Moments.of(message.at()), message.id().value());
  }

  private static ByteBuffer of(RfcMessageId id) {
    byte[] digest = sha256(id.caseless().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(Arrays.copyOf(digest, LENGTH));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  private record Row(ByteBuffer name, boolean own, long at, String message) {}
}
