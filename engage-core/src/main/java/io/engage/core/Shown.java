package io.engage.core;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody has been shown of a conversation, so that nothing is shown again that is as it was.
 * Of messages only the newest are remembered: an old one that is named anew is shown again.
 */
final class Shown {
  private static final int MOST_MESSAGES = 1000;

  private final Map<MessageId, Long> messages =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Long> eldest) {
          return size() > MOST_MESSAGES;
        }
      };
  private final Map<DraftId, Long> drafts = new HashMap<>();
  private long conversation = -1;

  /** Of messages nothing is known any more. */
  Shown anew() {
    Shown same = new Shown();
    same.drafts.putAll(drafts);
    same.conversation = conversation;
    return same;
  }

  /** Whether there is nothing new in these, which are all there are. */
  boolean knows(List<Draft> all) {
    Map<DraftId, Long> versions = new HashMap<>();
    all.forEach(each -> versions.put(each.id(), each.version()));
    return versions.equals(drafts);
  }

  List<Observation> conversation(Conversation now) {
    if (now.version() == conversation) {
      return List.of();
    }
    conversation = now.version();
    return List.of(new Observation.Stands(now));
  }

  /** One that was shown before is gone when it is deleted, or in another conversation. */
  List<Observation> message(ConversationId of, Message now) {
    if (now.state().deleted() || !now.conversation().equals(of)) {
      messages.remove(now.id());
      return List.of(new Observation.Unsaid(now.id()));
    }
    Long before = messages.put(now.id(), now.version());
    return before != null && before == now.version()
        ? List.of()
        : List.of(new Observation.Said(now, null));
  }

  /** These are all that there are. */
  List<Observation> drafts(List<Draft> all) {
    List<Observation> seen = new ArrayList<>();
    Map<DraftId, Long> before = new HashMap<>(drafts);
    drafts.clear();
    for (Draft each : all) {
      Long version = before.remove(each.id());
      drafts.put(each.id(), each.version());
      if (version == null || version != each.version()) {
        seen.add(new Observation.Drafted(each));
      }
    }
    before.keySet().forEach(gone -> seen.add(new Observation.Undrafted(gone)));
    return seen;
  }
}
