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
import java.util.List;
import java.util.stream.Stream;

/**
 * Under which Message-IDs messages are found. Anybody may repeat one, so no more than the oldest of
 * each are remembered.
 */
final class MessageNames {
  private static final int MOST_OF_ONE_NAME = 20;
  private static final int LENGTH = 16;

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
    List<Row> wanted = messages.stream().flatMap(MessageNames::of).distinct().toList();
    ROWS.replace(session, "message = any (?)", stored, wanted);
    if (!wanted.isEmpty()) {
      ROWS.delete(session, beyond(session, wanted));
    }
  }

  /** Of these Message-IDs; for {@code = any (?)}. */
  static List<byte[]> of(Collection<RfcMessageId> ids) {
    return ids.stream().map(MessageNames::of).distinct().map(ByteBuffer::array).toList();
  }

  private static List<Row> beyond(Session session, List<Row> wanted) throws SQLException {
    return session.list(
        """
        select name, own, at, message from (
          select name, own, at, message,
            row_number() over (partition by name, own order by at, message) as place
          from engage_message_name where name = any (?)) as placed
        where place > ?\
        """,
        ROWS.reading(),
        wanted.stream().map(Row::name).distinct().map(ByteBuffer::array).toList(),
        MOST_OF_ONE_NAME);
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
