package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.address.Address;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.Offer;
import io.engage.model.queue.Service;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conversations, and under whose names they are found. */
final class ConversationTable implements Part {
  /** What {@link #read} needs of a row. */
  static final String COLUMNS = "version, inbox, form, body";

  private static final StoredForm<Conversation> FORM = StoredForm.of(Conversation.class);

  private static final VersionedRows<Conversation> ROWS =
      VersionedRows.of(
              "engage_conversation",
              "conversation",
              new VersionedRows.Key<Conversation>(each -> each.id().value(), Conversation::version))
          .column("inbox", each -> each.inbox().value())
          .column("number", each -> each.number().value())
          .column("channel", each -> each.channel().code())
          .column("messages", Conversation::messages)
          .column("unread", Conversation::unread)
          .column("assignee", each -> each.findAssignee().map(AgentId::value).orElse(null))
          .column("customer", each -> customer(each).orElse(null))
          .column("customer_caseless", each -> customer(each).map(Texts::caseless).orElse(null))
          .column("completed_at", each -> each.state().completedAt())
          .column("opened_at", Conversation::openedAt)
          .column("last_at", Conversation::lastMessageAt)
          .column("priority", each -> each.state().priority())
          .column("side_of", each -> sideOf(each).orElse(null))
          .column("campaign", each -> each.findCampaign().map(CampaignId::value).orElse(null))
          .column("waiting_since", each -> service(each).waitingSince())
          .column("place", each -> each.state().findPlace().orElse(null))
          .column("offered_to", each -> offer(each).map(it -> it.to().value()).orElse(null))
          .column("offered_at", each -> offer(each).map(Offer::at).orElse(null))
          .column("offered_until", each -> offer(each).map(Offer::until).orElse(null))
          .column("taken_at", each -> service(each).takenAt())
          .column("tags", each -> each.state().tags())
          .column("subject", each -> Texts.caseless(each.subject()))
          .column("label", each -> Texts.caseless(each.exchange().label()))
          .column("senders", each -> Texts.caseless(senders(each)))
          .column("preview", each -> Texts.caseless(each.exchange().preview()))
          .body(FORM);

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    List<Conversation> changed = change.conversations();
    ROWS.store(session, changed);
    PersonRows.ofConversations(
        session,
        changed.stream().filter(each -> each.version() > 0).map(each -> each.id().value()).toList(),
        changed.stream().flatMap(ConversationTable::persons).collect(Collectors.toSet()));
    Heirs.inherit(session, "engage_conversation", change.dropped().inboxes());
  }

  List<Conversation> find(Session session, Collection<ConversationId> ids) throws SQLException {
    return ids.isEmpty()
        ? List.of()
        : session.list(
            "select " + COLUMNS + " from engage_conversation where id = any (?)",
            ConversationTable::read,
            ids.stream().map(ConversationId::value).distinct().toList());
  }

  static Conversation read(ResultSet row) throws SQLException {
    return FORM.read(row.getString("body"), row.getInt("form"))
        .withVersion(row.getLong("version"))
        .in(InboxId.of(Texts.text(row.getString("inbox"))));
  }

  private static Stream<PersonRows.Row> persons(Conversation conversation) {
    return Person.keysOf(conversation).stream()
        .map(key -> new PersonRows.Row(key, conversation.id().value(), PersonRows.NO_MESSAGE));
  }

  private static Optional<String> customer(Conversation conversation) {
    return conversation.findCustomer().map(CustomerId::value);
  }

  private static Optional<String> sideOf(Conversation conversation) {
    return Optional.ofNullable(conversation.exchange().sideOf()).map(ConversationId::value);
  }

  private static Service service(Conversation conversation) {
    return conversation.state().service();
  }

  private static Optional<Offer> offer(Conversation conversation) {
    return Optional.ofNullable(service(conversation).offer());
  }

  /** A line for each; no address goes over two. */
  private static String senders(Conversation conversation) {
    return conversation.participants().stream()
        .map(Address::value)
        .collect(Collectors.joining("\n"));
  }
}
