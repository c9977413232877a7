package io.engage.core;

import io.engage.core.templating.FilledTemplate;
import io.engage.core.templating.Values;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.template.QuickReplies;
import io.engage.model.template.QuickReply;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds templates and quick replies, and what stands in their fields. */
final class Filling {
  private static final int LOOKED_AT_ONCE = 200;

  private final Parts parts;

  Filling(Parts parts) {
    this.parts = parts;
  }

  /**
   * What templates are filled in with.
   *
   * @param agent who writes; null when the library does
   * @param correspondent to whom it goes; null when nobody is named yet
   */
  Map<String, String> values(
      Inbox inbox,
      @Nullable ConversationId conversation,
      String subject,
      @Nullable CustomerId customer,
      @Nullable NamedAddress correspondent,
      @Nullable Agent agent) {
    return Values.decide(
        new Values.Facts(
            inbox,
            nameOf(customer),
            correspondent,
            agent == null ? null : agent.name(),
            subject,
            conversation,
            parts.clock().instant()));
  }

  /** The same, for somebody who has part in a conversation. */
  Map<String, String> values(
      Inbox inbox, Conversation conversation, NamedAddress correspondent, @Nullable Agent agent) {
    return values(
        inbox,
        conversation.id(),
        conversation.subject(),
        conversation.historyOf(),
        correspondent,
        agent);
  }

  private @Nullable String nameOf(@Nullable CustomerId customer) {
    return customer == null
        ? null
        : parts.customers().findByIds(List.of(customer)).stream()
            .findFirst()
            .map(Customer::name)
            .orElse(null);
  }

  Optional<Template> findTemplate(TemplateId id) {
    return find(Template.keyOf(id)).map(Template.class::cast);
  }

  /** The templates that an inbox may use for this, in order of their ids. */
  List<Template> templates(InboxId inbox, Template.Purpose purpose) {
    List<Template> all = new ArrayList<>();
    String after = "";
    List<Document> page = templatesAfter(after);
    while (!page.isEmpty()) {
      page.stream().map(Template.class::cast).forEach(all::add);
      after = page.get(page.size() - 1).key().id();
      page = page.size() < LOOKED_AT_ONCE ? List.of() : templatesAfter(after);
    }
    return all.stream().filter(each -> each.purpose() == purpose && each.isFor(inbox)).toList();
  }

  private List<Document> templatesAfter(String id) {
    return parts.storage().documents().ofOwner(DocumentKey.Kind.TEMPLATE, "", id, LOOKED_AT_ONCE);
  }

  /** In the order in which they are offered. */
  List<QuickReply> quickReplies() {
    return find(QuickReplies.KEY)
        .map(QuickReplies.class::cast)
        .map(QuickReplies::replies)
        .orElse(List.of());
  }

  static FilledTemplate fill(QuickReply reply, Map<String, String> values) {
    return FilledTemplate.decide("", reply.message(), null, values);
  }

  private Optional<Document> find(DocumentKey key) {
    return parts.storage().documents().find(List.of(key)).stream().findFirst();
  }
}
