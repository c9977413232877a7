package io.engage.core.working;

import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.document.Document;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What comes of a wish. */
public sealed interface Step {

  /**
   * It changes this.
   *
   * @param messages those of the conversation that change
   * @param documents what is kept beside it
   * @param onServer what the mail server has to be told
   */
  record Changed(
      Conversation conversation,
      List<Message> messages,
      List<Document> documents,
      List<Occurrence> occurrences,
      OnServer onServer)
      implements Step {
    public Changed {
      messages = List.copyOf(messages);
      documents = List.copyOf(documents);
      occurrences = List.copyOf(occurrences);
    }

    public Changed(
        Conversation conversation,
        List<Message> messages,
        List<Occurrence> occurrences,
        OnServer onServer) {
      this(conversation, messages, List.of(), occurrences, onServer);
    }

    public Changed with(Conversation newConversation) {
      return new Changed(newConversation, messages, documents, occurrences, onServer);
    }

    Changed with(Optional<Occurrence> another) {
      List<Occurrence> all = new ArrayList<>(occurrences);
      another.ifPresent(all::add);
      return new Changed(conversation, messages, documents, all, onServer);
    }
  }

  /** It is so already, and nothing changes. */
  record AlreadySo() implements Step {}

  /** It cannot be; {@code reason} is shown to the agent. */
  record Refused(String reason) implements Step {}

  /**
   * Mails that have to change on the server too.
   *
   * @param deleted which message each of them was
   */
  record OnServer(Set<ServerUid> seen, Set<ServerUid> unseen, Map<ServerUid, Message> deleted) {
    static final OnServer NOTHING = new OnServer(Set.of(), Set.of(), Map.of());

    public OnServer {
      seen = Set.copyOf(seen);
      unseen = Set.copyOf(unseen);
      deleted = Map.copyOf(deleted);
    }
  }
}
