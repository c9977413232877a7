package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Messages, and under whose names and which Message-IDs they are found. */
final class MessageTable implements Part {
  /** What {@link #read} needs of a row. */
  static final String COLUMNS = "version, inbox, form, body";

  private static final StoredForm<Message> FORM = StoredForm.of(Message.class);

  private static final VersionedRows<Message> ROWS =
      VersionedRows.of(
              "engage_message",
              "message",
              new VersionedRows.Key<Message>(each -> each.id().value(), Message::version))
          .column("conversation", each -> each.conversation().value())
          .column("inbox", each -> each.inbox().value())
          .column("channel", each -> each.channel().code())
          .column("customer", each -> customer(each).orElse(null))
          .column("delivery", each -> each.state().worst().code())
          .column("removal", each -> each.state().removal().code())
          .column("at", Message::at)
          .column("source", each -> bytes(each.source().digest()))
          .body(FORM);

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    List<Message> changed = change.messages();
    List<String> stored =
        changed.stream().filter(each -> each.version() > 0).map(each -> each.id().value()).toList();
    ROWS.store(session, changed);
    MessageNames.replace(session, stored, changed);
    PersonRows.ofMessages(
        session,
        stored,
        changed.stream().flatMap(MessageTable::persons).collect(Collectors.toSet()));
    Heirs.inherit(session, "engage_message", change.dropped().inboxes());
  }

  List<Message> find(Session session, Collection<MessageId> ids) throws SQLException {
    return ids.isEmpty()
        ? List.of()
        : session.list(
            "select " + COLUMNS + " from engage_message where id = any (?)",
            MessageTable::read,
            ids.stream().map(MessageId::value).distinct().toList());
  }

  List<Message> withSource(Session session, Collection<ContentDigest> digests) throws SQLException {
    return digests.isEmpty()
        ? List.of()
        : session.list(
            "select " + COLUMNS + " from engage_message where source = any (?)",
            MessageTable::read,
            digests.stream().distinct().map(MessageTable::bytes).toList());
  }

  List<Message> withMessageId(Session session, Collection<RfcMessageId> ids) throws SQLException {
    return ids.isEmpty()
        ? List.of()
        : session.list(
            "select "
                + COLUMNS
                + " from engage_message where id in"
                + " (select message from engage_message_name where own and name = any (?))",
            MessageTable::read,
            MessageNames.of(ids));
  }

  static Message read(ResultSet row) throws SQLException {
    return FORM.read(row.getString("body"), row.getInt("form"))
        .withVersion(row.getLong("version"))
        .in(InboxId.of(Texts.text(row.getString("inbox"))));
  }

  /** As it stands in the column; for {@code = any (?)}. */
  static byte[] bytes(ContentDigest digest) {
    return HexFormat.of().parseHex(digest.value());
  }

  /** Of what was erased nobody is held any more. */
  private static Stream<PersonRows.Row> persons(Message message) {
    return message.state().erased()
        ? Stream.empty()
        : Person.keysOf(message).stream()
            .map(
                key ->
                    new PersonRows.Row(key, message.conversation().value(), message.id().value()));
  }

  private static Optional<String> customer(Message message) {
    return Optional.ofNullable(message.state().customer()).map(CustomerId::value);
  }
}
