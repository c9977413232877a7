package io.engage.memory;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.message.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One property by which conversations are listed, apart for open and completed ones. */
record Facet(boolean completed, Object of) {

  /** Properties that have no id. */
  enum Plain {
    ANY,
    UNASSIGNED,
    UNLINKED,
    UNREAD,
    SIDE_THREAD
  }

  /** The property to have this tag. */
  record Tag(String tag) {}

  /** The property that this agent has it or had it. */
  record Handler(AgentId agent) {}

  /** The property to be led beside this conversation. */
  record Beside(ConversationId conversation) {}

  /** In which lists a conversation stands. */
  static List<Facet> of(Conversation conversation) {
    List<Object> all = new ArrayList<>();
    all.add(Plain.ANY);
    all.add(conversation.inbox());
    all.add(conversation.channel());
    all.add(Objects.requireNonNullElse(conversation.state().assignee(), Plain.UNASSIGNED));
    all.add(Objects.requireNonNullElse(conversation.state().customer(), Plain.UNLINKED));
    conversation.state().tags().forEach(tag -> all.add(new Tag(tag)));
    if (conversation.unread() > 0) {
      all.add(Plain.UNREAD);
    }
    ConversationId parent = conversation.exchange().sideOf();
    if (parent != null) {
      all.add(Plain.SIDE_THREAD);
      all.add(new Beside(parent));
    }
    conversation.findCampaign().ifPresent(all::add);
    conversation.state().service().handlers().forEach(agent -> all.add(new Handler(agent)));
    if (conversation.channel() == Channel.SMS) {
      conversation.participants().stream().filter(PhoneNumber.class::isInstance).forEach(all::add);
    }
    List<Facet> facets = new ArrayList<>(all.size());
    for (Object each : all) {
      facets.add(new Facet(conversation.isCompleted(), each));
    }
    return facets;
  }
}
