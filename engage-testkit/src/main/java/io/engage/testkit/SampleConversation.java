package io.engage.testkit;

import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Customer;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.Offer;
import io.engage.model.queue.Service;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes conversations for tests: says only what differs from an ordinary one. */
public final class SampleConversation {
  private final ConversationId id;
  private InboxId inbox = Sample.workshop().id();
  private Channel channel = Channel.EMAIL;
  private String subject = "Watch strap";
  private Set<Address> participants = Set.of(EmailAddress.of("ana@example.com"));
  private int messages = 1;
  private int unread = 1;
  private Instant openedAt = Sample.MONDAY.minusSeconds(60);
  private Instant lastMessageAt = Sample.MONDAY;
  private Conversation.State state = Conversation.State.NEW;
  private Conversation.Exchange exchange = Conversation.Exchange.NONE;

  private SampleConversation(ConversationId id) {
    this.id = id;
  }

  public static SampleConversation of(String id) {
    return new SampleConversation(ConversationId.of(id));
  }

  public SampleConversation in(Inbox other) {
    inbox = other.id();
    return this;
  }

  public SampleConversation through(Channel other) {
    channel = other;
    return this;
  }

  public SampleConversation about(String other) {
    subject = other;
    return this;
  }

  public SampleConversation with(Address... people) {
    participants = new LinkedHashSet<>(List.of(people));
    return this;
  }

  public SampleConversation holding(int all, int ofThemUnread) {
    messages = all;
    unread = ofThemUnread;
    return this;
  }

  public SampleConversation at(Instant newest) {
    lastMessageAt = newest;
    return this;
  }

  public SampleConversation assignedTo(Agent agent) {
    state = state.withAssignee(agent.id());
    return this;
  }

  public SampleConversation linkedTo(Customer customer) {
    state = state.withCustomer(customer.id());
    return this;
  }

  public SampleConversation completed() {
    return completed(Sample.MONDAY.plusSeconds(3600));
  }

  public SampleConversation completed(Instant at) {
    state = state.withCompletedAt(at);
    return this;
  }

  public SampleConversation opened(Instant at) {
    openedAt = at;
    return this;
  }

  public SampleConversation urgent(int priority) {
    state = state.withPriority(priority);
    return this;
  }

  public SampleConversation besides(String other) {
    exchange = exchange.besides(ConversationId.of(other));
    return this;
  }

  public SampleConversation answering(String campaign) {
    exchange = exchange.of(CampaignId.of(campaign));
    return this;
  }

  public SampleConversation showing(String label, String preview) {
    exchange = exchange.withNewest(label, preview);
    return this;
  }

  public SampleConversation with(Conversation.Exchange other) {
    exchange = other;
    return this;
  }

  public SampleConversation tagged(String... tags) {
    state = state.withTags(Set.of(tags));
    return this;
  }

  /** A customer waits in it. */
  public SampleConversation waitingSince(Instant at) {
    return serving(state.service().waiting(at));
  }

  public SampleConversation offered(Agent to, Instant at, Instant until) {
    return serving(state.service().offered(new Offer(to.id(), at, until)));
  }

  /** An agent works on it. */
  public SampleConversation taken(Agent by, Instant at) {
    return assignedTo(by).serving(state.service().taken(by.id(), at));
  }

  public SampleConversation serving(Service service) {
    state = state.withService(service);
    return this;
  }

  public Conversation make() {
    return new Conversation(
        id,
        inbox,
        channel,
        subject,
        participants,
        messages,
        unread,
        openedAt,
        lastMessageAt,
        exchange,
        state,
        0);
  }
}
