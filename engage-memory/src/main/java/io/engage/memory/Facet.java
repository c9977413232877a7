package io.engage.memory;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Assignment;
import io.engage.model.conversation.ConversationFilter.Completion;
import io.engage.model.message.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One property by which conversations are listed, apart for open and completed ones. */
record Facet(boolean completed, Object of) {

  /** Properties that have no id. */
  private enum Plain {
    ANY,
    UNASSIGNED,
    UNLINKED,
    UNREAD
  }

  /** In which lists a conversation stands. */
  static List<Facet> of(Conversation conversation) {
    List<Object> all = new ArrayList<>();
    all.add(Plain.ANY);
    all.add(conversation.inbox());
    all.add(conversation.channel());
    all.add(Objects.requireNonNullElse(conversation.state().assignee(), Plain.UNASSIGNED));
    all.add(Objects.requireNonNullElse(conversation.state().customer(), Plain.UNLINKED));
    if (conversation.unread() > 0) {
      all.add(Plain.UNREAD);
    }
    if (conversation.channel() == Channel.SMS) {
      conversation.participants().stream().filter(PhoneNumber.class::isInstance).forEach(all::add);
    }
    return all.stream().map(of -> new Facet(conversation.isCompleted(), of)).toList();
  }

  /** The open SMS conversations in which a number takes part. */
  static Facet openSms(PhoneNumber number) {
    return new Facet(false, number);
  }

  /** Each element is a set of lists that together hold everything a filter can ask for. */
  static List<List<Facet>> covering(ConversationFilter filter) {
    List<List<Object>> ways = new ArrayList<>();
    ways.add(List.of(Plain.ANY));
    if (!filter.inboxes().isEmpty()) {
      ways.add(List.copyOf(filter.inboxes()));
    }
    if (filter.assignee() != null) {
      ways.add(List.of(filter.assignee()));
    }
    if (filter.assignment() == Assignment.NOBODY) {
      ways.add(List.of(Plain.UNASSIGNED));
    }
    if (filter.customer() != null) {
      ways.add(List.of(filter.customer()));
    }
    if (Boolean.FALSE.equals(filter.linked())) {
      ways.add(List.of(Plain.UNLINKED));
    }
    if (filter.unreadOnly()) {
      ways.add(List.of(Plain.UNREAD));
    }
    if (filter.channel() != null) {
      ways.add(List.of(filter.channel()));
    }
    return ways.stream().map(way -> withCompletion(way, filter.completion())).toList();
  }

  private static List<Facet> withCompletion(List<Object> way, Completion completion) {
    List<Facet> facets = new ArrayList<>();
    for (Object of : way) {
      if (completion != Completion.COMPLETED) {
        facets.add(new Facet(false, of));
      }
      if (completion != Completion.OPEN) {
        facets.add(new Facet(true, of));
      }
    }
    return facets;
  }
}
