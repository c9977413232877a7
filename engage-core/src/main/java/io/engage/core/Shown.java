package io.engage.core;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** What is to be shown of it; empty when it is as it was. */
  Optional<Observation> conversation(Conversation now) {
    return now.version() == conversation
        ? Optional.empty()
        : Optional.of(new Observation.Stands(now));
  }

  /** One that was shown before is gone when it is deleted, or in another conversation. */
  Optional<Observation> message(ConversationId of, Message now) {
    if (isGone(of, now)) {
      return Optional.of(new Observation.Unsaid(now.id()));
    }
    Long before = messages.get(now.id());
    return before != null && before == now.version()
        ? Optional.empty()
        : Optional.of(new Observation.Said(now, null));
  }

  private static boolean isGone(ConversationId from, Message message) {
    return message.state().deleted() || !message.conversation().equals(from);
  }

  /** What is to be shown when these are all that there are. */
  List<Observation> drafts(List<Draft> all) {
    List<Observation> seen = new ArrayList<>();
    Set<DraftId> gone = new HashSet<>(drafts.keySet());
    for (Draft each : all) {
      Long version = drafts.get(each.id());
      gone.remove(each.id());
      if (version == null || version != each.version()) {
        seen.add(new Observation.Drafted(each));
      }
    }
    gone.forEach(each -> seen.add(new Observation.Undrafted(each)));
    return seen;
  }

  void have(Conversation now) {
    conversation = now.version();
  }

  void have(Message now) {
    messages.put(now.id(), now.version());
  }

  void have(Observation ofDraft) {
    if (ofDraft instanceof Observation.Drafted drafted) {
      drafts.put(drafted.draft().id(), drafted.draft().version());
    } else if (ofDraft instanceof Observation.Undrafted undrafted) {
      drafts.remove(undrafted.draft());
    }
  }
}
